"""The command line as a user meets it: exit codes, one line an error, no traceback, nothing half-written."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.cli import COMMANDS, run
from tests.app.said import Leadproof, Said

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a few scenes, through to exports; not to be written to."""
    folder = tmp_path_factory.mktemp("drawn") / "run"
    for arguments in (["scenes", "30", "--size", "96"], ["generate"], ["filter"], ["export", "--format", "mmr"]):
        with pytest.raises(SystemExit) as stopped:
            run([*arguments, "--run", str(folder)])
        assert not stopped.value.code
    return folder


def test_help_names_every_command(leadproof: Leadproof) -> None:
    said = leadproof("--help")
    assert said.code == 0
    for name, _, _ in COMMANDS:
        assert name in said.out


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
def test_every_command_has_help_that_fits_a_terminal(leadproof: Leadproof, name: str) -> None:
    said = leadproof(name, "--help")
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= 80


def test_help_imports_nothing_heavy() -> None:
    code = "import contextlib, sys, app.cli\nwith contextlib.suppress(SystemExit): app.cli.run(['--help'])\n"
    code += "heavy = ('pyarrow', 'pydantic', 'numpy', 'PIL', 'pandas', 'openai', 'aiohttp', 'torch', 'transformers')\n"
    code += "print('HEAVY', [name for name in heavy if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "HEAVY []" in done.stdout


def one_line(said: Said, code: int = 2) -> str:
    assert said.code == code, said
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1, said.err
    assert said.err.startswith("leadproof: ")
    return said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["ingest"],
        ["ingest", "x.json"],
        ["generate"],
        ["generate", "--run"],
        ["generate", "--run", "{tmp}/gone"],
        ["generate", "--run", "{tmp}"],
        ["filter", "--run", "{tmp}/gone"],
        ["export", "--run", "{tmp}/gone", "--format", "mmr"],
        ["export", "--run", "{tmp}/gone"],
        ["status", "--run", "{tmp}/gone"],
        ["status", "--run", "{tmp}/file"],
        ["trace", "abc", "--run", "{tmp}/gone"],
        ["gc", "--run", "{tmp}/gone"],
        ["init", "{tmp}/file"],
        ["init", "{tmp}"],
        ["init", "{tmp}/file/below"],
        ["ingest", "{tmp}/gone.json", "--run", "{tmp}/new"],
        ["ingest", "{tmp}/file", "--run", "{tmp}/new"],
        ["ingest", "{tmp}", "--run", "{tmp}/new"],
        ["ingest", "{tmp}/file", "--run", "{tmp}/file"],
        ["ingest", "{tmp}/file", "--format", "cocoa", "--run", "{tmp}/new"],
        ["import", "{tmp}/gone.json", "--run", "{tmp}/new"],
        ["import", "{tmp}/file", "--run", "{tmp}/new"],
        ["import", "{tmp}/file", "--split", "test", "--run", "{tmp}/new"],
        ["scenes", "10"],
        ["scenes", "10", "--run", "{tmp}/new", "--out", "{tmp}/newer"],
        ["scenes", "0", "--run", "{tmp}/new"],
        ["scenes", "ten", "--run", "{tmp}/new"],
        ["scenes", "10", "--size", "1", "--run", "{tmp}/new"],
        ["scenes", "10", "--out", "{tmp}"],
        ["lint", "{tmp}/gone.json"],
        ["lint", "{tmp}"],
        ["score", "{tmp}/gone.json", "{tmp}/file"],
        ["score", "{tmp}/file", "{tmp}/file"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_usage_is_one_line_and_code_2(leadproof: Leadproof, tmp_path: Path, arguments: Sequence[str]) -> None:
    (tmp_path / "file").write_text("x")
    before = sorted(tmp_path.rglob("*"))
    one_line(leadproof(*(one.format(tmp=tmp_path) for one in arguments)))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "--backend", "ruled"],
        ["generate", "--per-image", "0"],
        ["generate", "--categories", "numbers"],
        ["filter", "--without", "structures"],
        ["export", "--format", "mmrr"],
        ["export", "--format", "llava", "--target", "word"],
        ["export", "--format", "llava", "--turns", "many"],
        ["trace", "zzzz"],
        ["trace", ""],
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_flags_on_a_good_run_are_one_line_and_code_2(
    leadproof: Leadproof, drawn: Path, arguments: Sequence[str]
) -> None:
    committed = sorted(drawn.rglob("manifest.json"))
    one_line(leadproof(*arguments, "--run", drawn))
    assert sorted(drawn.rglob("manifest.json")) == committed


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("leadproof.toml", "[run]\nsede = 1"),
        ("leadproof.toml", "\x00"),
        ("leadproof.toml", "[filter.structure]\nmax_words = 3"),
        ("leadproof.toml", "[filter.nonsense]\na = 3"),
        ("ingest/001/manifest.json", "{}"),
        ("ingest/001/manifest.json", "["),
        ("ingest/001/images.parquet", "PAR1"),
        ("generate/001/manifest.json", '{"schema_version": 7}'),
        ("generate/001/pairs.parquet", ""),
    ],
)
def test_a_run_folder_edited_by_hand_is_one_line_and_code_2(
    leadproof: Leadproof, drawn: Path, tmp_path: Path, place: str, content: str
) -> None:
    import shutil

    copy = tmp_path / "run"
    shutil.copytree(drawn, copy)
    (copy / place).write_text(content)
    before = sorted(copy.rglob("manifest.json"))
    stage = ("generate", "--per-image", "3") if place.startswith("ingest") else ("filter", "--without", "hedging")
    line = one_line(leadproof(*stage, "--run", copy))
    assert Path(place).name in line or "nonsense" in line
    assert sorted(copy.rglob("manifest.json")) == before


def test_a_hostile_name_is_shown_escaped(leadproof: Leadproof, tmp_path: Path) -> None:
    path = tmp_path / "captions.jsonl"
    path.write_text(json.dumps({"image": "../\x1b[2J\nevil.png", "caption": "x"}) + "\n")
    line = one_line(leadproof("ingest", path, "--run", tmp_path / "run"))
    assert "\x1b" not in line
    assert "evil.png" in line


def test_a_skipped_image_is_named_escaped(leadproof: Leadproof, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (8, 8)).save(tmp_path / "good.png")
    path = tmp_path / "captions.jsonl"
    names = ["good.png", "bad\x1b[31m\u202e.png"]
    path.write_text("".join(json.dumps({"image": name, "caption": "x"}) + "\n" for name in names))
    said = leadproof("ingest", path, "--run", tmp_path / "run")
    assert said.code == 0
    assert "skipped, missing" in said.out
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_stages_say_when_there_is_nothing_to_do(leadproof: Leadproof, drawn: Path) -> None:
    for arguments in (["scenes", "30", "--size", "96"], ["generate"], ["filter"], ["export", "--format", "mmr"]):
        said = leadproof(*arguments, "--run", drawn)
        assert said.code == 0
        assert "Nothing" in said.out


def test_status_shows_stages_and_json(leadproof: Leadproof, drawn: Path) -> None:
    assert "generate/001" in leadproof("status", "--run", drawn).out
    found = json.loads(leadproof("status", "--run", drawn, "--json").out)
    assert found["generate"]["generator"] == "rules"
    assert found["generate"]["model"] is None
    assert found["ingest"]["counts"]["images"] == 30


def test_trace_tells_a_pairs_story(leadproof: Leadproof, drawn: Path) -> None:
    rows = json.loads((drawn / "export/mmr/001/train.json").read_text())
    pair_id = rows[0]["id"].rpartition("/")[2]
    said = leadproof("trace", pair_id[:10], "--run", drawn)
    assert said.code == 0
    assert "kept, rank" in said.out
    assert "from scene" in said.out
    found = json.loads(leadproof("trace", pair_id, "--run", drawn, "--json").out)
    assert found["pair_id"] == pair_id
    assert found["images"][0]["license"] == "CC0-1.0"


def test_trace_tells_of_a_dropped_pair_and_gc_keeps_the_current(
    leadproof: Leadproof, drawn: Path, tmp_path: Path
) -> None:
    import shutil

    import pyarrow.parquet as pq

    copy = tmp_path / "run"
    shutil.copytree(drawn, copy)
    (copy / "leadproof.toml").write_text("[filter.structure]\nmax_option_words = 6\n")
    assert leadproof("filter", "--run", copy).code == 0
    drops = pq.read_table(copy / "filter/002/drops.parquet").to_pylist()
    said = leadproof("trace", drops[0]["pair_id"], "--run", copy)
    assert "dropped in filter: long-option" in said.out
    assert "would delete filter/001" in leadproof("gc", "--dry-run", "--run", copy).out
    assert "deleted filter/001" in leadproof("gc", "--run", copy).out
    assert sorted(path.name for path in (copy / "filter").iterdir()) == ["002"]


def test_own_exports_come_back_by_import_with_their_ids(leadproof: Leadproof, drawn: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for name in ("train.json", "train_true_premise.json"):
        said = leadproof("import", drawn / "export/mmr/001" / name, "--run", tmp_path / "run", "--split", "train")
        assert said.code == 0, said.err
    there = {
        row["pair_id"] for row in pq.read_table(drawn / "generate/001/pairs.parquet", columns=["pair_id"]).to_pylist()
    }
    newest = sorted((tmp_path / "run/generate").iterdir())[-1]
    back = pq.read_table(newest / "pairs.parquet", columns=["pair_id", "kind"]).to_pylist()
    assert {row["pair_id"] for row in back} <= there
    assert {row["kind"] for row in back} == {"false-premise", "true-premise"}


def test_rows_are_never_written_over_an_input(leadproof: Leadproof, drawn: Path, tmp_path: Path) -> None:
    benchmark = drawn / "export/mmr/001/train.json"
    replies = tmp_path / "replies.jsonl"
    rows = json.loads(benchmark.read_text())
    replies.write_text(
        "".join(
            json.dumps({"id": row["id"], "question_type": row["question_type"], "text": "A"}) + "\n" for row in rows
        )
    )
    before = replies.read_text()
    for path in (replies, benchmark, Path(os.devnull), tmp_path):
        one_line(leadproof("score", benchmark, replies, "--rows", path))
    assert replies.read_text() == before
    assert leadproof("score", benchmark, replies, "--rows", tmp_path / "rows.jsonl").code == 0
    assert len((tmp_path / "rows.jsonl").read_text().splitlines()) == len(rows)


def test_a_room_hidden_by_a_users_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "__init__.py").write_text("")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "leadproof", "--help"],
        capture_output=True, text=True, check=False, env=environment, cwd=ROOT.parent,
    )  # fmt: skip
    assert done.returncode == 2
    assert "hides leadproof's own package 'schemas'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
