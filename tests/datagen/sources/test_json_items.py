import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datagen.sources import json_items as reading
from datagen.sources.json_items import json_items
from schemas.errors import InvalidRecord, UnreadableFile

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    SCALARS | TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)
SLOW_IS_FINE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def read(path: Path) -> tuple[list[object], list[InvalidRecord]]:
    bad: list[InvalidRecord] = []
    return [item for _, _, item in json_items(path, bad.append)], bad


@SLOW_IS_FINE
@given(st.lists(VALUES, max_size=5), st.booleans(), st.sampled_from([None, 1]), st.integers(1, 60))
def test_any_list_comes_back_whatever_the_size_of_a_read(
    tmp_path: Path, items: list[object], escaped: bool, indent: int | None, step: int
) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(items, ensure_ascii=escaped, indent=indent), encoding="utf-8-sig")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_STEP", step)
        assert read(path) == (items, [])


@SLOW_IS_FINE
@given(st.lists(VALUES, min_size=1, max_size=5), st.data())
def test_a_list_cut_anywhere_gives_its_beginning_and_one_bad_record(
    tmp_path: Path, items: list[object], data: st.DataObject
) -> None:
    whole = json.dumps(items, ensure_ascii=False).encode()
    path = tmp_path / "list.json"
    path.write_bytes(whole[: data.draw(st.integers(1, len(whole) - 1))])
    found, bad = read(path)
    assert found == items[: len(found)]
    assert len(bad) == 1


@pytest.mark.parametrize("content", ["[1 2]", "[1,]", "[1] 2", "[,]", "[" * 100_000, '["\xe9', "[1, nonsense]", "[}"])
def test_what_is_not_json_is_named_by_item(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content.encode("latin-1"))
    found, (error,) = read(path)
    assert f"list.json: item {len(found) + 1}" in str(error)


@pytest.mark.parametrize("content", [b"", b"{}", b"text", b"\0", b"\xff\xfe[\0]\0"])
def test_what_is_not_a_list_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        read(path)
