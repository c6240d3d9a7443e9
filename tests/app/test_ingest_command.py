"""``leadproof ingest`` as a user meets it: guesses shown before use, flags, one line for what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import run
from tests.datagen.sources.made import picture

Leadproof = Callable[..., tuple[int, str, str]]


@pytest.fixture
def leadproof(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Leadproof:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            run(["ingest", *arguments, "--run", "run"])
        said = capfd.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return call


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "a.png").write_bytes(picture(1))
    path = tmp_path / "captions.csv"
    path.write_text("id;File Name;Text;other\n1;a.png;A dog runs.;A cat.\n")
    return path


def test_the_guessed_columns_are_shown(leadproof: Leadproof, table: Path) -> None:
    code, out, _ = leadproof(table.name)
    assert code == 0
    assert out.splitlines()[0] == "captions.csv: image ← File Name, caption ← Text"


def test_columns_asked_for_are_taken(leadproof: Leadproof, table: Path) -> None:
    flags = ("--image-column", "File Name", "--caption-column", "other", "--caption-column", "Text")
    code, out, _ = leadproof(table.name, *flags)
    assert code == 0
    assert out.splitlines()[0] == "captions.csv: image ← File Name, caption ← other + Text"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["captions.csv", "--caption-column", "nonsense"], "no column 'nonsense'; it has: id, File Name, Text, other"),
        (["captions.csv", "--format", "tsv"], "no format 'tsv'"),
        (["captions.csv", "--format", "parquet"], "of another kind, or cut or damaged"),
        (["captions.csv", "--format", "webdataset"], "not a tar file"),
        (["captions.csv", "--format", "hf"], "neither state.json nor"),
        (["captions.csv", "--format", "folder"], "not a folder"),
        (["captions.csv", "--format", "llava"], "captions.csv"),
        (["web.csv"], "web.csv:2: the image is an address on the web. Pass --download"),
        (["web.csv", "--download"], "127.0.0.1 is not on the public network; pass --allow-private-hosts"),
        (["hostile\x1b[2J.csv"], r"hostile\x1b[2J.csv"),
        (["*.tar"], "no tar file"),
        (["empty"], "its format cannot be told"),
    ],
)
def test_what_is_wrong_is_one_line_and_code_2(
    leadproof: Leadproof, table: Path, arguments: list[str], said: str
) -> None:
    (table.parent / "empty").mkdir()
    (table.parent / "web.csv").write_text("url,caption\nhttp://127.0.0.1:9/x.png,A dog.\n")
    (table.parent / "hostile\x1b[2J.csv").write_text("id\n1\n")
    code, _, err = leadproof(*arguments)
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    assert "\x1b" not in err
    assert not (table.parent / "run").exists()
