import codecs
from pathlib import Path

import pytest

from datagen.ingest import IngestOptions, ingest
from datagen.sources import detect
from datagen.sources.record import Columns, SourceOptions
from schemas.errors import BadConfig, BadInput, InvalidRecord, UnreadableFile
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be


def write(folder: Path, content: str | bytes, name: str = "captions.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_rows_of_an_image_become_its_captions(tmp_path: Path, taken: Ingest) -> None:
    """Flickr8k's captions.txt is such a file: ``image,caption``, five rows an image."""
    for n in (1, 2):
        (tmp_path / f"{n}.jpg").write_bytes(picture(n, "JPEG"))
    path = write(tmp_path, 'image,caption\n1.jpg,A dog .\n2.jpg,"A cat, black ."\n1.jpg,A dog runs .\n1.jpg,A dog .\n')
    assert detect(path) == "csv"
    assert taken(path) == {"1.jpg": ["A dog .", "A dog runs ."], "2.jpg": ["A cat, black ."]}


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_boms_line_ends_and_delimiters_are_all_one(tmp_path: Path, bom: bytes, end: str, delimiter: str) -> None:
    rows = [["id", "file_name", "text"], ["1", "a.jpg", "Ein Bär."], [], ["2", "b/c.jpg", '"Two\nlines, ""said""."']]
    path = write(tmp_path, bom + end.join(delimiter.join(row) for row in rows).encode())
    found = read_all("csv", path)
    assert [(one.image, one.captions) for one in found] == [
        ("a.jpg", ("Ein Bär.",)), ("b/c.jpg", ('Two lines, "said".',)),
    ]  # fmt: skip
    assert [one.row for one in found] == [2, 4]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("image_name| comment_number| comment", "image ← image_name, caption ← comment"),
        ("text,id,File Name", "image ← File Name, caption ← text"),
        ("url,caption_0,caption_1,split", "image ← url, caption ← caption_0 + caption_1"),
        ("filename,description,path,title", "image ← filename, caption ← description"),
        ("Captions,IMG", "image ← IMG, caption ← Captions"),
    ],
)
def test_the_guess_is_told_before_a_row_is_read(tmp_path: Path, header: str, chosen: str) -> None:
    told: list[str] = []
    options = SourceOptions(on_columns=lambda where, columns: told.append(f"{where}: {columns}"))
    with pytest.raises(InvalidRecord):
        read_all("csv", write(tmp_path, f"{header}\nbroken\n"), options)
    assert told == [f"captions.csv: {chosen}"]


def test_columns_are_taken_as_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "image,was,caption,de,en\nx.jpg,a.jpg,wrong,Ein Hund.,A dog.\n")
    (one,) = read_all("csv", path, SourceOptions(Columns("was", ("de", "en"))))
    assert (one.image, one.captions) == ("a.jpg", ("Ein Hund.", "A dog."))
    with pytest.raises(BadConfig, match=r"captions\.csv: no column 'file'; it has: image, was"):
        read_all("csv", path, SourceOptions(Columns("file")))


def test_a_cell_may_hold_a_list_as_json(tmp_path: Path) -> None:
    """Flickr30k on the Hub has its five captions of an image so."""
    path = write(tmp_path, 'raw,filename\n"[""Two men."", ""Two, outside.""]",a.jpg\n[sic] a sign,b.jpg\n')
    assert [one.captions for one in read_all("csv", path)] == [("Two men.", "Two, outside."), ("[sic] a sign",)]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (b"b.jpg", "1 cells where the first line has 2"),
        (b"b.jpg,one,two", "3 cells where the first line has 2"),
        ("b.jpg,café".encode("cp1252"), r"not UTF-8 \(byte 0xe9\). Save it as UTF-8"),
        (b"b.jpg,a\0b", "a NUL byte in it"),
        (b'b.jpg,"a"b', "not a row"),
        (b",A dog.", "not a file name"),
        (b"../b.jpg,A dog.", "not a path below"),
        (b"/etc/passwd,A dog.", "not a path below"),
        (b'b.jpg,"{""en"": ""A dog.""}"', "neither text nor a JSON list"),
        (b"b.jpg,\"['A dog.', 'A cat.']\"", "neither text nor a JSON list"),
        (b'b.jpg,"[[""A dog.""]]"', "neither text nor a JSON list"),
        (b"b.jpg," + b"x" * 120_000, "longer than 100,000"),
        (b"b.jpg," + b"x" * 140_000, "not a row"),
    ],
)
def test_a_bad_row_is_named_by_line_or_left_out(tmp_path: Path, row: bytes, fault: str) -> None:
    path = write(tmp_path, b'image,caption\n"a.jpg","one\ntwo"\n' + row + b"\nc.jpg,Three.\n")
    with pytest.raises(InvalidRecord, match=r"captions\.csv:4") as raised:
        read_all("csv", path)
    assert raised.match(fault)
    found, bad = read_what_can_be("csv", path)
    assert [one.image for one in found] == ["a.jpg", "c.jpg"]
    assert len(bad) == 1


def test_a_quote_that_is_never_closed_is_named_where_it_begins(tmp_path: Path) -> None:
    path = write(tmp_path, 'image,caption\na.jpg,One.\nb.jpg,"Two.\nc.jpg,Three.\n')
    found, bad = read_what_can_be("csv", path)
    assert [one.image for one in found] == ["a.jpg"]
    assert len(bad) == 1
    assert bad[0].startswith("captions.csv:3: not a row")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"\n \r\n", "empty"),
        (b"id,caption\n1,A dog.\n", "no column looks like the image's; it has: id, caption.*--image-column"),
        (b"image,id\na.jpg,1\n", "no column looks like the caption's.*--caption-column"),
        (b"one,A dog.\ntwo,A cat.\n", "no column looks like the image's"),
        ("image,caption\na.jpg,A dog.\n".encode("utf-16"), "not UTF-8"),
        ("image,caption\na.jpg,A dog.\n".encode("utf-16-le"), "not UTF-8"),
        ("image,légende,text\na.jpg,x,y\n".encode("cp1252"), "header is not UTF-8"),
        (b'image,"caption\na.jpg,A dog.\n', "header is not one"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_says_so_and_nothing_is_committed(
    tmp_path: Path, run: RunFolder, content: bytes, fault: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(UnreadableFile, match=fault):
        ingest(run, [path], IngestOptions(skip_invalid=True))
    assert run.current("ingest") is None


def test_one_bad_row_commits_nothing_unless_it_may_be_skipped(tmp_path: Path, run: RunFolder, taken: Ingest) -> None:
    (tmp_path / "a.png").write_bytes(picture(1))
    path = write(tmp_path, "image,caption\na.png,A dog.\na.png\n")
    with pytest.raises(BadInput, match=r"captions\.csv:3"):
        ingest(run, [path])
    assert run.current("ingest") is None
    assert taken(path, skip_invalid=True) == {"a.png": ["A dog."]}


def test_other_columns_of_the_same_file_are_noticed(tmp_path: Path, taken: Ingest) -> None:
    (tmp_path / "a.png").write_bytes(picture(1))
    path = write(tmp_path, "image,caption,other\na.png,A dog.,A cat.\n")
    assert taken(path) == {"a.png": ["A dog."]}
    assert taken(path, columns=Columns(captions=("other",))) == {"a.png": ["A cat."]}


def test_a_format_without_columns_says_so(tmp_path: Path, run: RunFolder) -> None:
    path = write(tmp_path, '{"image": "a.png"}\n', "captions.jsonl")
    with pytest.raises(BadConfig, match="has no columns"):
        ingest(run, [path], IngestOptions(columns=Columns("image")))
