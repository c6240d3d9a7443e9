"""The wheel, as a user gets it: built, installed into an empty environment, used from another folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted({init.parent.name for init in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"})
# Imported at the top of a module only where an extra brings them; every other import is a base dependency.
EXTRAS = {"torch", "transformers", "peft", "trl", "datasets", "sentence_transformers", "streamlit"}

IMPORT_EVERY_MODULE = """
import importlib, pkgutil, sys
for room in sys.argv[1].split(","):
    package = importlib.import_module(room)
    for module in pkgutil.walk_packages(package.__path__, room + "."):
        if module.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if error.name.partition(".")[0] not in sys.argv[2].split(","):
                raise
"""

pytestmark = pytest.mark.xdist_group("packaging")  # one worker builds and installs, once


def run(command: Sequence[str | Path], cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that no left-over of an earlier build gets in, and none is left behind."""
    source = tmp_path_factory.mktemp("source")
    for folder in (*ROOMS, "tests", "benchmarks"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", "."], source)
    (built,) = (source / "dist").iterdir()
    return built


def required(requirements: Iterable[str]) -> dict[str, Distribution]:
    """These and all that they bring in turn, by name; of extras those that are asked for, as in `openai[aiohttp]`."""
    found: dict[str, Distribution] = {}
    followed: set[tuple[str, str]] = set()  # of a distribution, an extra; empty for what it always brings
    waiting = [(Requirement(line), "") for line in requirements]
    while waiting:
        requirement, of_extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": of_extra}):
            continue
        name = canonicalize_name(requirement.name)
        found.setdefault(name, distribution(name))
        for extra in {"", *requirement.extras} - {known for one, known in followed if one == name}:
            followed.add((name, extra))
            waiting += [(Requirement(line), extra) for line in found[name].requires or ()]
    return found


def lend_dependencies(wheel: Path, site_packages: Path) -> None:
    """Links what the wheel requires, and only that, from the running environment: seconds, no network."""
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        requires = message_from_bytes(archive.read(metadata)).get_all("Requires-Dist", [])
    for found in required(requires).values():
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            link = site_packages / top
            if not link.exists():
                link.symlink_to(Path(str(found.locate_file(top))))


@pytest.fixture(scope="module", params=["lent", pytest.param("from the index", marks=pytest.mark.slow)])
def environment(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that holds the wheel, what it depends on, and nothing else.

    `lent`: the dependencies are those the running environment has; `from the index`: pip gets them.
    """
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", folder], folder)
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "--disable-pip-version-check", "install"]
    pip += ["--quiet", "--no-compile", "--constraint", str(ROOT / "constraints.txt"), str(wheel)]
    if request.param == "lent":
        run([*pip, "--no-deps", "--no-index"], folder)
        (site_packages,) = folder.glob("lib/python*/site-packages")
        lend_dependencies(wheel, site_packages)
    else:
        run(pip, folder)
    return folder / "bin"


def test_wheel_holds_the_rooms_and_nothing_else(wheel: Path) -> None:
    names = {Path(name).parts[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == set(ROOMS)


def test_wheel_holds_every_file_of_the_rooms(wheel: Path) -> None:
    files = (path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file())
    expected = {
        str(path)
        for path in files
        if "__pycache__" not in path.parts and not path.name.startswith(".") and path.suffix != ".md"
    }
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_rooms_are_typed_for_those_who_import_them() -> None:
    assert [room for room in ROOMS if not (ROOT / room / "py.typed").is_file()] == []


def test_installed_command_answers_from_another_folder(environment: Path, tmp_path: Path) -> None:
    shown = run([environment / "leadproof", "--help"], tmp_path)
    assert "ingest" in shown
    assert "export" in shown


def test_base_installation_imports_every_module(environment: Path, tmp_path: Path) -> None:
    run(
        [environment / "python", "-W", "error", "-c", IMPORT_EVERY_MODULE, ",".join(ROOMS), ",".join(EXTRAS)],
        tmp_path,
    )


OPEN_A_SERVER = """
import asyncio
from mllm.openai.backend import OpenAIModel
async def opened():
    await OpenAIModel("m", base_url="http://localhost:1/v1").close()
asyncio.run(opened())
"""
OPEN_WEIGHTS = """
from mllm import Wanted
from mllm.local.opening import open_transformers
from schemas.errors import MissingExtra
try:
    open_transformers(Wanted("some/model"), None)
except MissingExtra as error:
    print(error)
"""


def test_base_installation_opens_a_server_and_names_the_extra_for_weights(environment: Path, tmp_path: Path) -> None:
    run([environment / "python", "-W", "error", "-c", OPEN_A_SERVER], tmp_path)
    assert 'pip install "leadproof[local]"' in run([environment / "python", "-c", OPEN_WEIGHTS], tmp_path)
