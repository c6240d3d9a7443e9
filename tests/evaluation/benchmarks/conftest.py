"""A run with an export, made by the real chain: some of its images may leave, one may not."""

import json
from pathlib import Path

import pytest

from app.cli import run


def command(*arguments: object) -> None:
    with pytest.raises(SystemExit) as stopped:
        run([str(one) for one in arguments])
    assert not stopped.value.code, arguments


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder whose newest export/mmr is its second; no tests may write to it."""
    folder = tmp_path_factory.mktemp("benchmarks") / "Straße 7"
    command("init", folder)
    shares = "[run]\ntrain = 0.2\nvalidation = 0.1\nbenchmark = 0.7\n"
    (folder / "leadproof.toml").write_text(shares, encoding="utf-8")
    command("scenes", 8, "--run", folder, "--size", 64)
    for export in (1, 2):
        if export == 2:
            images = folder / "scenes" / "001" / "images"
            asked = json.loads((folder / "export" / "mmr" / "001" / "benchmark.json").read_text(encoding="utf-8"))
            shown = (folder / "export" / "mmr" / "001" / asked[0]["image"]).read_bytes()
            image = next(one for one in images.iterdir() if one.read_bytes() == shown)
            row = {"image": image.name, "captions": ["A drawing."], "may_leave": False}
            (folder.parent / "staying.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
            command("ingest", folder.parent / "staying.jsonl", "--images", images, "--run", folder)
        command("generate", "--run", folder)
        command("filter", "--run", folder, "--without", "near_duplicates")
        command("export", "--run", folder, "--format", "mmr", "--format", "llava")
    return folder
