from pathlib import Path

import pytest

from datagen.sources.record import Columns, SourceOptions
from schemas.errors import BadConfig, InvalidRecord, UnreadableFile
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be


def write(folder: Path, content: str, name: str = "captions.tsv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_conceptual_captions_come_in_without_a_header(tmp_path: Path) -> None:
    told: list[str] = []
    options = SourceOptions(on_columns=lambda where, columns: told.append(f"{where}: {columns}"))
    path = write(
        tmp_path,
        "a very typical bus station\thttp://x.example/a?b=c.jpg\n\nsierra looks stunning\thttps://y.example/d\n",
        "Train_GCC-training.tsv",
    )
    assert [(one.image, one.captions, one.row) for one in read_all("csv", path, options)] == [
        ("http://x.example/a?b=c.jpg", ("a very typical bus station",), 1),
        ("https://y.example/d", ("sierra looks stunning",), 3),
    ]
    assert told == ["Train_GCC-training.tsv, which has no header: image ← 2, caption ← 1"]


def test_file_names_come_in_through_ingest(tmp_path: Path, taken: Ingest) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.jpg").write_bytes(picture(n, "JPEG"))
    path = write(tmp_path, "1.jpg,0,A dog .\n1.jpg,1,A dog runs .\n2.jpg,0,A cat .\n", "captions.csv")
    assert taken(path) == {"1.jpg": ["A dog .", "A dog runs ."], "2.jpg": ["A cat ."]}


@pytest.mark.parametrize(
    ("columns", "image", "captions"),
    [
        (Columns(), "a.jpg", ("one two three",)),
        (Columns(captions=("1",)), "a.jpg", ("one",)),
        (Columns(captions=("1", "3")), "a.jpg", ("one", "one two three")),
        (Columns("4", ("1",)), "b.jpg", ("one",)),
    ],
)
def test_columns_are_asked_for_by_number(
    tmp_path: Path, columns: Columns, image: str, captions: tuple[str, ...]
) -> None:
    path = write(tmp_path, "one\ta.jpg\tone two three\tb.jpg\n")
    (found,) = read_all("csv", path, SourceOptions(columns))
    assert (found.image, found.captions) == (image, captions)


def test_numbers_say_that_there_is_no_header_where_nothing_else_does(tmp_path: Path) -> None:
    path = write(tmp_path, "000001\tA dog.\n000002\tA cat.\n")
    found = read_all("csv", path, SourceOptions(Columns("1", ("2",))))
    assert [(one.image, one.captions) for one in found] == [("000001", ("A dog.",)), ("000002", ("A cat.",))]
    with pytest.raises(UnreadableFile, match="no column looks like the image's"):
        read_all("csv", path)


def test_a_header_stays_one_whatever_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "image\tcaption\t1\na.jpg\tA dog.\tEin Hund.\n")
    with pytest.raises(BadConfig, match="no column '2'; it has: image, caption, 1"):
        read_all("csv", path, SourceOptions(Columns("2")))
    (one,) = read_all("csv", path, SourceOptions(Columns(captions=("1",))))
    assert one.captions == ("Ein Hund.",)


@pytest.mark.parametrize(
    ("content", "columns", "error", "fault"),
    [
        ("a.jpg\tA dog.\n", Columns("3"), BadConfig, "which has no header: no column '3'; it has: 1, 2"),
        ("a.jpg\tA dog.\n", Columns("url"), BadConfig, "no column 'url'; it has: 1, 2"),
        ("a.jpg\tb.jpg\n", Columns(), UnreadableFile, "no column looks like the caption's"),
        ("a.jpg\t17\n", Columns(), UnreadableFile, "no column looks like the caption's"),
    ],
)
def test_what_cannot_be_found_is_said(
    tmp_path: Path, content: str, columns: Columns, error: type[Exception], fault: str
) -> None:
    with pytest.raises(error, match=fault):
        read_all("csv", write(tmp_path, content), SourceOptions(columns))


def test_a_bad_row_is_named_by_line(tmp_path: Path) -> None:
    path = write(tmp_path, "\nA dog.\t../a.jpg\nA cat.\tb.jpg\nA bird.\n")
    with pytest.raises(InvalidRecord, match=r"captions\.tsv:2: the image '\.\./a\.jpg'"):
        read_all("csv", path)
    found, bad = read_what_can_be("csv", path)
    assert [one.image for one in found] == ["b.jpg"]
    assert bad[1].startswith("captions.tsv:4: 1 cells where the first line has 2")
