from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from schemas.appended import append, read_appended
from schemas.errors import BadRunFolder


class Line(BaseModel):
    text: str


def test_nothing_is_no_records(tmp_path: Path) -> None:
    assert read_appended(tmp_path / "none.jsonl", Line) == []


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), min_size=1))
def test_what_was_appended_is_read_back_in_order(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("appended") / "below" / "lines.jsonl"
    for part in parts:
        append(path, [Line(text=text) for text in part])
    assert [one.text for one in read_appended(path, Line)] == [text for part in parts for text in part]


def test_a_line_torn_anywhere_is_passed_over_and_goes_with_the_next_append(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    append(path, [Line(text="one"), Line(text="two\nlines")])
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(first, len(whole)):
        path.write_bytes(whole[:end])
        assert [one.text for one in read_appended(path, Line)] == ["one"]
        append(path, [Line(text="three")])
        assert [one.text for one in read_appended(path, Line)] == ["one", "three"]


def test_an_edited_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"text": "one"}\n{"text": 2}\n')
    with pytest.raises(BadRunFolder, match="put the line back") as error:
        read_appended(path, Line)
    assert error.value.where == f"{path}:2"


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_something_else_in_its_place_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.mkdir() if kind == "folder" else path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadRunFolder):
        append(path, [Line(text="one")])
    assert not (tmp_path / "elsewhere").exists()
