import json
from pathlib import Path

from tests.app.said import Leadproof
from tests.schemas.talks import LEADING, PLAIN, both, sample


def test_import_says_how_many_halves_have_no_other_and_where_they_stand(leadproof: Leadproof, tmp_path: Path) -> None:
    talks = tmp_path / "MMR-data.json"
    lone = [sample(PLAIN, f"{n}.jpg", f"{n}") for n in range(3)]
    talks.write_text(json.dumps([*both(), *lone]), encoding="utf-8")
    said = leadproof("import", talks, "--run", tmp_path / "run")
    assert (said.code, said.err) == (0, "")
    for part in (
        "skipped, orphan-half: MMR-data.json (row 3, id 0): turn 1: no conversation of the other polarity",
        "… and 2 more; all stand in ingest/ and generate/, drops.parquet.",
        "--category NAME gives them one",
        "New images are of the train split",
    ):
        assert part in said.out
    assert "orphan-half  12" in said.out
    status = leadproof("status", "--run", tmp_path / "run")
    assert "orphan-half" in status.out


def test_a_category_may_be_given_and_trace_shows_the_open_answer(leadproof: Leadproof, tmp_path: Path) -> None:
    talks = tmp_path / "talks.jsonl"
    talks.write_text("\n".join(map(json.dumps, both())), encoding="utf-8")
    said = leadproof("import", talks, "--run", tmp_path / "run", "--category", "relation")
    assert "context/relation  4" in said.out
    assert "--category" not in said.out
    (first, *_) = _ids(tmp_path / "run")
    story = leadproof("trace", first, "--run", tmp_path / "run").out
    answers = [answer for _, answer in (*PLAIN, *LEADING)]
    assert sum(f" * {answer}" in story for answer in answers) == 2
    assert "A. " not in story
    unknown = leadproof("import", talks, "--run", tmp_path / "run", "--category", "colour")
    assert (unknown.code, unknown.err.count("\n")) == (2, 1)


def _ids(run: Path) -> list[str]:
    import pyarrow.parquet as pq

    found: list[str] = pq.read_table(run / "generate/001/pairs.parquet")["pair_id"].to_pylist()
    return found
