"""The rooms and what each may import, written out once more and held against import-linter's contracts."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

MAY_IMPORT = {
    "schemas": set(),
    "mllm": {"schemas"},
    "evaluation": {"schemas", "mllm"},
    "datagen": {"schemas", "mllm", "evaluation"},
    "annotation": {"schemas", "mllm", "evaluation"},
    "training": {"schemas", "mllm", "evaluation"},
    "data_cards": {"schemas"},
    "app": {"schemas", "mllm", "evaluation", "datagen", "annotation", "training", "data_cards"},
    "leadproof": {
        "schemas", "mllm", "evaluation", "datagen", "annotation", "training", "data_cards", "app",
    },
}  # fmt: skip
NOT_INSTALLED = {"tests", "benchmarks"}


def rooms_on_disk() -> set[str]:
    packages = {init.parent.name for init in ROOT.glob("*/__init__.py")}
    return {name for name in packages if not name.startswith(".")} - NOT_INSTALLED


def test_every_room_is_installed_and_watched() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    include = tools["setuptools"]["packages"]["find"]["include"]
    rooms = rooms_on_disk()
    assert set(include) == rooms | {f"{room}.*" for room in rooms}
    assert set(tools["importlinter"]["root_packages"]) == rooms
    assert rooms <= set(MAY_IMPORT)


def test_contracts_forbid_exactly_what_the_table_forbids(tmp_path: Path) -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = ", ".join(f'"{room}"' for room in MAY_IMPORT)
    config, replaced = re.subn(r"root_packages = \[[^\]]*\]", f"root_packages = [{names}]", config)
    assert replaced == 1
    (tmp_path / "pyproject.toml").write_text(config, encoding="utf-8")

    # A world of all nine rooms in which every room imports every other, each from a module of its own.
    for room in MAY_IMPORT:
        folder = tmp_path / room
        folder.mkdir()
        (folder / "__init__.py").touch()
        for other in MAY_IMPORT.keys() - {room}:
            (folder / f"imports_{other}.py").write_text(f"import {other}\n", encoding="utf-8")

    lint = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert lint is not None
    run = subprocess.run([lint, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)

    found = set(re.findall(r"(\w+)\.imports_(\w+) -> ", run.stdout))
    forbidden = {(room, other) for room, may in MAY_IMPORT.items() for other in MAY_IMPORT.keys() - may - {room}}
    assert run.returncode == 1, run.stdout + run.stderr
    assert found == forbidden
