"""Which folders are taken for a model, without loading anything: torch is not needed here."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mllm.backends import Wanted
from mllm.journal import Journal
from mllm.local import opening
from mllm.local.opening import open_transformers
from mllm.local.weights import find_weights
from schemas.errors import BadConfig, MissingExtra, UnreadableFile
from tests.mllm.local.tiny import build

pytestmark = pytest.mark.xdist_group("local")


def pickled_alone(folder: Path) -> None:
    """Weights whose unpickling leaves a file behind."""
    (folder / "model.safetensors").unlink()
    sprung = str(folder.parent / "sprung").encode()
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(Vtouch " + sprung + b"\ntR.")


def cut(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])


def other_bytes(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"\x80\x02" * 500)


def a_part_short(folder: Path) -> None:
    parts = {"weight_map": {"a": "model.safetensors", "b": "model-2.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(parts))


FAULTS: list[tuple[Callable[[Path], object], str]] = [
    (pickled_alone, "pickled (pytorch_model.bin), which can run any code"),
    (cut, "not a safetensors file (it is cut)"),
    (other_bytes, "not a safetensors file"),
    (a_part_short, "model-2.safetensors is missing"),
    (lambda folder: (folder / "config.json").unlink(), "there is no config.json"),
    (lambda folder: (folder / "model.safetensors").unlink(), "it holds no weights in safetensors"),
    (lambda folder: (folder / "adapter_config.json").write_text("{}"), "an adapter, not a whole model"),
    (lambda folder: (folder / "model.safetensors.index.json").write_text("["), "cannot be read"),
]


@pytest.mark.parametrize(("spoil", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_folder_that_is_no_whole_model_in_safetensors_is_refused_in_one_line(
    tiny: Path, tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    folder = Path(shutil.copytree(tiny, tmp_path / "model"))
    spoil(folder)
    with pytest.raises(UnreadableFile) as refused:
        find_weights(str(folder))
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("name", ["./none", "/none", "~/none", "a/b/c"])
def test_a_path_that_leads_nowhere_is_not_sought_elsewhere(name: str) -> None:
    with pytest.raises(BadConfig, match="there is no such folder"):
        find_weights(name)


@pytest.mark.parametrize("name", ["nobody/nothing", "nothing", "no such name"])
def test_an_id_that_cannot_be_had_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(BadConfig, match="cannot be had from the Hugging Face Hub") as refused:
        find_weights(name)
    assert len(str(refused.value).splitlines()) == 1


def test_a_model_in_the_hubs_cache_is_known_by_its_commit(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, commit = tmp_path / "hub" / "models--some--model", "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(tiny, cache / "snapshots" / commit)
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    found = find_weights("some/model")
    assert found.folder == cache / "snapshots" / commit
    assert (found.name, found.endpoint) == ("some/model", f"transformers:some/model@{commit}")


def test_the_mark_follows_the_content_and_not_the_place(tiny: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(tiny, tmp_path / "moved"))
    (moved / "README.md").write_text("words")
    tuned = build(tmp_path / "tuned", seed=1)  # the same names and shapes, other numbers
    assert find_weights(str(moved)).endpoint == find_weights(str(tiny)).endpoint
    assert find_weights(str(tuned)).endpoint != find_weights(str(tiny)).endpoint
    (moved / "chat_template.jinja").write_text("other")
    assert find_weights(str(moved)).endpoint != find_weights(str(tiny)).endpoint


@pytest.mark.parametrize("package", ["torch", "transformers", "accelerate"])
def test_without_the_extra_the_install_command_is_named(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda name: None if name == package else name)
    with pytest.raises(MissingExtra, match=f'{package}.*pip install "leadproof\\[local\\]"'):
        opened(Wanted(model=str(tiny)), tmp_path)


def test_no_model_named_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="Pass --model"):
        opened(Wanted(), tmp_path)


def test_opening_loads_no_torch(tiny: Path, tmp_path: Path) -> None:
    code = f"from mllm.local.weights import find_weights; import sys, mllm.local.opening; find_weights({str(tiny)!r})\n"
    code += "print([name for name in ('torch', 'transformers') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."}
    )
    assert done.stdout.strip() == "[]"


def opened(wanted: Wanted, folder: Path) -> None:
    journal = Journal(folder / "journal.sqlite")
    try:
        open_transformers(wanted, journal)
    finally:
        journal.close()
