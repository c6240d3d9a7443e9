import codecs
import json
from pathlib import Path

import pytest

from datagen.ingest import IngestOptions, ingest
from datagen.sources import SourceRecord, detect
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.ledger import read_ledger
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be


def write(folder: Path, *lines: object, name: str = "captions.jsonl") -> Path:
    path = folder / name
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines), "utf-8")
    return path


def test_lines_come_in_with_all_that_they_say(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"image": "a.jpg", "captions": ["A dog.", " A  dog. ", "Ein Bär."], "license": "CC0", "other": [1]},
        "",
        {"file_name": "sub/b.jpg", "caption": "A cat.", "may_leave": False, "drawn": True},
        {"image": "c.jpg", "caption": ["One.", ""]},
        {"image_id": "COCO_d.jpg"},
    )
    assert read_all("jsonl", path) == [
        SourceRecord("a.jpg", ("A dog.", "Ein Bär."), 1, "CC0"),
        SourceRecord("sub/b.jpg", ("A cat.",), 3, None, may_leave=False, drawn=True),
        SourceRecord("c.jpg", ("One.",), 4),
        SourceRecord("COCO_d.jpg", (), 5),
    ]


@pytest.mark.parametrize("name", ["captions.jsonl", "captions.ndjson", "captions.json"])
def test_what_is_written_comes_back_through_ingest(tmp_path: Path, taken: Ingest, name: str) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.png").write_bytes(picture(n))
    path = write(
        tmp_path, {"image": "1.png", "caption": "A dog runs."}, {"image": "2.png", "captions": ["A cat."]},
        {"image": "1.png", "caption": "A dog."}, name=name,
    )  # fmt: skip
    assert detect(path) == "jsonl"
    assert taken(path) == {"1.png": ["A dog runs.", "A dog."], "2.png": ["A cat."]}


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_boms_line_ends_and_a_last_line_without_one_are_all_the_same(tmp_path: Path, bom: bytes, end: bytes) -> None:
    path = tmp_path / "captions.jsonl"
    path.write_bytes(bom + end.join([b'{"image": "a.jpg"}', b"", '{"image": "b.jpg", "caption": "ü\u2028"}'.encode()]))
    assert [(one.image, one.row) for one in read_all("jsonl", path)] == [("a.jpg", 1), ("b.jpg", 3)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{'image': 'b.jpg'}", "not a line of JSON"),
        ('{"image": "b.jpg", "caption": "A do', "not a line of JSON"),
        ('{"image": "b.jpg"},', "not a line of JSON"),
        ('{"image": "b.jpg"} {"image": "c.jpg"}', "not a line of JSON"),
        ('["b.jpg", "A dog."]', "not an object"),
        ("null", "not an object"),
        ("[" * 100_000, "not a line of JSON"),
        ({}, "no key image .its keys: none"),
        ({"img": "b.jpg", "text": "A dog."}, "no key image .its keys: img, text"),
        ({"image": 5}, "not a file name"),
        ({"image": ["b.jpg"]}, "not a file name"),
        ({"image": None, "file_name": "b.jpg"}, "not a file name"),
        ({"image": " "}, "not a file name"),
        ({"image": "../b.jpg"}, "not a path below"),
        ({"image": "a\0.jpg"}, "not UTF-8 text, or holds a NUL"),
        ({"image": "\ud800.jpg"}, "not UTF-8 text"),
        ({"image_id": 42, "caption": "A dog."}, "image_id is a number"),
        ({"image": "b.jpg", "caption": 5}, "neither a string nor a list"),
        ({"image": "b.jpg", "caption": None, "question": "Why?"}, "a question, not a caption"),
        ({"image": "b.jpg", "captions": {"en": "A dog."}}, "neither a string nor a list"),
        ({"image": "b.jpg", "captions": ["A dog.", 5]}, "neither a string nor a list"),
        ({"image": "b.jpg", "caption": "x" * 100_001}, "longer than 100,000"),
        ({"image": "b.jpg", "caption": "\ud800"}, "half a character"),
        ({"image": "b.jpg", "license": 4}, "license is not a string"),
        ({"image": "b.jpg", "license": "\udc00"}, "licence holds half a character"),
        ({"image": "b.jpg", "may_leave": "no"}, "may_leave is not true or false"),
        ({"image": "b.jpg", "drawn": 1}, "drawn is not true or false"),
    ],
)
def test_a_bad_line_is_named_or_left_out(tmp_path: Path, line: object, fault: str) -> None:
    path = write(tmp_path, {"image": "a.jpg"}, line, {"image": "c.jpg"})
    with pytest.raises(InvalidRecord, match=r"captions\.jsonl:2: ") as raised:
        read_all("jsonl", path)
    assert raised.match(fault)
    found, bad = read_what_can_be("jsonl", path)
    assert ([one.image for one in found], len(bad)) == (["a.jpg", "c.jpg"], 1)


def test_bytes_that_are_not_utf8_spoil_their_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "captions.jsonl"
    path.write_bytes(b'{"image": "a.jpg"}\n{"image": "b.jpg", "caption": "caf\xe9"}\n{"image": "c.jpg"}\n')
    found, bad = read_what_can_be("jsonl", path)
    assert [one.image for one in found] == ["a.jpg", "c.jpg"]
    assert bad[0].startswith("captions.jsonl:2: not a line of JSON")


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xff\xfe{\0}\0", b"\0" * 9])
def test_a_file_that_holds_nothing_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "captions.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_all("jsonl", path)
    with pytest.raises(UnreadableFile, match="No such file"):
        read_all("jsonl", tmp_path / "absent.jsonl")


def test_one_bad_line_commits_nothing_unless_it_may_be_skipped(tmp_path: Path, run: RunFolder) -> None:
    (tmp_path / "a.png").write_bytes(picture(1))
    path = write(tmp_path, {"image": "a.png", "caption": "A dog."}, {"image": "a.png", "license": "\ud800"})
    with pytest.raises(InvalidRecord, match=r"captions\.jsonl:2"):
        ingest(run, [path])
    assert run.current("ingest") is None
    done = ingest(run, [path], IngestOptions(skip_invalid=True))
    assert done.skipped.counts == {"invalid-record": 1}
    (drop,) = read_ledger(run).to_pylist()
    assert drop["detail"].startswith("captions.jsonl:2: the licence holds half a character")
