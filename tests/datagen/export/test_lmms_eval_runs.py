"""lmms-eval itself, in an environment of its own, runs the package; its figures are those of ``score``."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evaluation.score import score
from tests.app.conftest import leadproof
from tests.app.said import Leadproof
from tests.datagen.export.test_lmms_eval import docs_of, replied
from tests.datagen.export.test_vlmevalkit import script_of_docs

__all__ = ["leadproof"]

PINS = ("lmms-eval==0.7.3", "torch==2.13.0")
TASKS = {"leadproof": "benchmark", "leadproof_true_premise": "true_premise"}
# Found by lmms-eval as a model of a third party: an entry point of an installed distribution.
ENTRY_POINTS = "[lmms_eval.models]\nscripted = scripted:MANIFEST\n"
METADATA = "Metadata-Version: 2.1\nName: scripted\nVersion: 1.0\n"
MODEL = '''
import hashlib, json
from lmms_eval.api.model import lmms
from lmms_eval.models.registry_v2 import ModelManifest

MANIFEST = ModelManifest("scripted", simple_class_path="scripted.Scripted")


class Scripted(lmms):
    """Replies as it is told to, and notes what it was asked and shown."""

    def __init__(self, script, **_):
        super().__init__()
        self.script = script

    def generate_until(self, requests):
        with open(self.script) as file:
            replies = json.load(file)
        noted, said = [], []
        for context, settings, visual, place, task, split in (request.args for request in requests):
            doc = self.task_dict[task][split][place]
            (image,) = visual(doc)
            key = [doc["id"], doc["question_type"]]
            noted.append([*key, context, settings, hashlib.sha256(image.tobytes()).hexdigest()])
            said.append(replies[" ".join(key)])
        with open(self.script + ".noted", "w") as file:
            json.dump(noted, file)
        return said

    def loglikelihood(self, requests):
        raise NotImplementedError

    def generate_until_multi_round(self, requests):
        raise NotImplementedError
'''

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lmms-eval")]  # one worker installs, once


def run(command: Sequence[str | Path], cwd: Path, **variables: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LMMS"))}
    done = subprocess.run(
        command, cwd=cwd, env={**environment, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def harness() -> Path:
    """The `bin` folder of an environment with lmms-eval, kept in the user's cache folder: it is 2 GB.

    Where torch is a CPU build and the index serves torchvision for CUDA, that cannot be imported, and everything
    that looks whether it is there stumbles over it; it is taken away then. lmms-eval needs it for some models alone.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "leadproof"
    key = hashlib.sha256(repr((PINS, sys.version_info[:2], str(cache))).encode()).hexdigest()[:8]
    folder = cache / f"lmms-eval-{key}"
    if not (folder / "ready").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run([sys.executable, "-m", "venv", "--without-pip", folder], folder)
        pip = [sys.executable, "-m", "pip", "--python", str(folder), "--disable-pip-version-check"]
        run([*pip, "install", "--quiet", *PINS], folder)
        sees = [str(folder / "bin" / "python"), "-c", "import torchvision"]
        if subprocess.run(sees, capture_output=True, check=False).returncode:
            run([*pip, "uninstall", "--quiet", "--yes", "torchvision"], folder)
        (folder / "ready").touch()
    return folder / "bin"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for Python's path, with the scripted model as if it were installed."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "scripted-1.0.dist-info").mkdir()
    (folder / "scripted-1.0.dist-info" / "METADATA").write_text(METADATA)
    (folder / "scripted-1.0.dist-info" / "entry_points.txt").write_text(ENTRY_POINTS)
    (folder / "scripted.py").write_text(MODEL)
    return folder


def ask(package: Path, script: Path, *, harness: Path, model: Path, out: Path) -> Mapping[str, Mapping[str, Any]]:
    """Run both tasks of a package, with the replies of a script; the results by task."""
    home = out / "home"
    home.mkdir(parents=True)
    command = [
        str(harness / "lmms-eval"), "--include_path", str(package), "--tasks", ",".join(TASKS), "--model", "scripted",
        "--model_args", f"script={script}", "--output_path", str(out / "results"), "--log_samples",
    ]  # fmt: skip
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    run(command, home, HOME=str(home), HF_HOME=str(home), PYTHONPATH=str(model), **offline)
    (results,) = (out / "results").rglob("*_results.json")
    found: Mapping[str, Mapping[str, Any]] = json.loads(results.read_text())["results"]
    return found


def test_lmms_eval_runs_the_package_wherever_it_lies_and_says_what_score_says(
    leadproof: Leadproof, harness: Path, model: Path, tmp_path: Path
) -> None:
    run_folder = tmp_path / "run"
    for stage in (["scenes", 120], ["generate"], ["filter"], ["export", "--format", "lmms-eval"]):
        assert leadproof(*stage, "--run", run_folder).code == 0
    package = (run_folder / "export" / "lmms-eval" / "001").rename(tmp_path / "moved")
    docs = {task: docs_of(package / f"{name}.jsonl") for task, name in TASKS.items()}
    texts = {task: replied(given, seed=7) for task, given in docs.items()}
    script = tmp_path / "script.json"
    script.write_text(
        json.dumps({
            f"{doc['id']} {doc['question_type']}": text
            for task in TASKS
            for doc, text in zip(docs[task], texts[task], strict=True)
        })
    )  # fmt: skip
    results = ask(package, script, harness=harness, model=model, out=tmp_path / "out")

    samples = [next((tmp_path / "out").rglob(f"*_samples_{task}.jsonl")) for task in TASKS]
    replies = tmp_path / "replies.jsonl"
    replies.write_text(run([sys.executable, "-c", script_of_docs("lmms-eval"), *samples], tmp_path))
    benchmark = package / "benchmark.jsonl"
    ours = score(benchmark, replies, true_premise=package / "true_premise.jsonl").overall
    released = score(benchmark, replies, scorer="official").overall
    assert ours.table.pairs == len(docs["leadproof"]) // 2 >= 50
    assert min(ours.table.right_right, ours.table.right_wrong, ours.table.wrong_right, ours.table.wrong_wrong) > 0
    assert ours.table != released.table
    assert 0 < ours.unread < 2 * ours.table.pairs

    figures = {name.removesuffix(",none"): value for name, value in results["leadproof"].items()}
    assert {name for name in figures if "stderr" not in name} == {
        "alias", "ra", "mr", "ra_official", "mr_official", "unread",
    }  # fmt: skip
    assert (figures["ra"], figures["mr"]) == (ours.table.ra, ours.table.mr)
    assert (figures["ra_official"], figures["mr_official"]) == (released.table.ra, released.table.mr)
    assert figures["unread"] == pytest.approx(ours.unread / (2 * ours.table.pairs), abs=1e-12)
    assert results["leadproof_true_premise"]["true_premise,none"] == ours.true_premise
    assert {figures[f"{rate}_stderr_clt"] for rate in ("ra", "mr")} == {"N/A"}  # of rows it would mislead

    asked = {(row[0], row[1]): row[2:] for row in json.loads(Path(f"{script}.noted").read_text())}
    for doc in (doc for given in docs.values() for doc in given):
        context, settings, seen = asked.pop((doc["id"], doc["question_type"]))
        assert context.startswith(doc["question"])
        assert settings["until"] == []
        with Image.open(package / doc["image"]) as found:
            assert hashlib.sha256(found.convert("RGB").tobytes()).hexdigest() == seen
    assert not asked
