import gzip
import io
import json
import random
import tarfile
from pathlib import Path

import pytest

from datagen.ingest import IngestOptions, ingest
from datagen.sources import detect
from datagen.sources.record import Columns, SourceOptions
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be

Members = list[tuple[str, bytes | str]]


def sample(key: str, seed: int, caption: str, **more: object) -> Members:
    """A sample as img2dataset writes it."""
    said = json.dumps({"caption": caption, "url": "http://x/y.jpg", "key": key, "status": "success", **more})
    return [(f"{key}.jpg", picture(seed, "JPEG")), (f"{key}.json", said), (f"{key}.txt", caption)]


def write(path: Path, members: Members, mode: str = "w") -> Path:
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, mode, format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
        for name, content in members:
            raw = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return path


def test_samples_of_shards_come_in_by_name(tmp_path: Path, run: RunFolder, taken: Ingest) -> None:
    shards = tmp_path / "shards"
    write(shards / "00001.tar", sample("000010000", 3, "A cat."))
    write(shards / "00000.tar", [*sample("000000000", 1, "A dog."), *sample("000000001", 2, "Ein Bär.")])
    (shards / "00000_stats.json").write_text("{}")
    wanted = {
        "00000.tar/000000000.jpg": ["A dog."],
        "00000.tar/000000001.jpg": ["Ein Bär."],
        "00001.tar/000010000.jpg": ["A cat."],
    }
    assert detect(shards) == detect(shards / "00000.tar") == detect(shards / "*.tar") == "webdataset"
    assert taken(shards) == wanted
    assert taken(shards / "*.tar") == wanted
    assert {file.suffix for file in (run.path / "images").iterdir()} == {".jpeg"}
    assert not ingest(run, [shards]).changed


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_packed_shards_are_read_and_keys_may_lie_in_folders(tmp_path: Path, mode: str) -> None:
    members: Members = [
        ("./train", b""),
        ("./train/a.b.seg.png", b"x"),
        ("./train/b.PNG", b"1"),
        ("./train/b.cls", "7"),
        ("./train/b.txt", "One.\nTwo."),
        ("./val/b.webp", b"2"),
        ("./val/b.json", json.dumps({"captions": ["Three.", "Four."], "n": [1]})),
    ]
    found, bad = read_what_can_be("webdataset", write(tmp_path / "x.tar", members, mode))
    assert [(one.image, one.captions, one.content) for one in found] == [
        ("x.tar/train/b.png", ("One.", "Two."), b"1"),
        ("x.tar/val/b.webp", ("Three.", "Four."), b"2"),
    ]
    assert [error.partition(": no image")[0] for error in bad] == ["x.tar: train", "x.tar: train/a"]


def test_captions_under_another_key(tmp_path: Path) -> None:
    path = write(tmp_path / "x.tar", [("a.jpg", b"1"), ("a.json", '{"caption": "wrong", "de": "Ein Hund."}')])
    (one,) = read_all("webdataset", path, SourceOptions(Columns(captions=("de",))))
    assert one.captions == ("Ein Hund.",)


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ([("b.txt", "No image.")], "no image"),
        ([("b.jpg", b"1"), ("b.png", b"2")], "2 images"),
        ([("b.jpg", b"1"), ("b.jpg", b"2")], r"two members \.jpg"),
        ([("b.jpg", b"1"), ("b.txt", b"caf\xe9")], "not UTF-8"),
        ([("b.jpg", b"1"), ("b.json", "{")], "not JSON"),
        ([("b.jpg", b"1"), ("b.json", "[1]")], "not a JSON object"),
        ([("b.jpg", b"1"), ("b.json", '{"caption": {"en": "x"}}')], "neither a string nor a list"),
    ],
)
def test_a_bad_sample_is_named_by_key(tmp_path: Path, members: Members, fault: str) -> None:
    path = write(tmp_path / "x.tar", [*sample("a", 1, "A dog."), *members, *sample("c", 2, "A cat.")])
    with pytest.raises(InvalidRecord, match=r"x\.tar: b") as raised:
        read_all("webdataset", path)
    assert raised.match(fault)
    found, bad = read_what_can_be("webdataset", path)
    assert ([one.image for one in found], len(bad)) == (["x.tar/a.jpg", "x.tar/c.jpg"], 1)


def test_hostile_names_and_links_never_become_paths(tmp_path: Path, run: RunFolder) -> None:
    path = tmp_path / "data" / "x.tar"
    write(path, [("../../up.jpg", picture(1, "JPEG")), ("/etc/abs.jpg", picture(2, "JPEG"))])
    with tarfile.open(path, "a") as archive:
        for name, kind in (
            ("link.jpg", tarfile.SYMTYPE),
            ("hard.jpg", tarfile.LNKTYPE),
            ("pipe.jpg", tarfile.FIFOTYPE),
        ):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        escape = tarfile.TarInfo("C:\\\x1b[2J\n\\evil.jpg")
        escape.size = 1
        archive.addfile(escape, io.BytesIO(b"1"))
    done = ingest(run, [path], IngestOptions(skip_invalid=True))
    names = run.require("ingest").table("images")["name"].to_pylist()
    assert sorted(names) == ["x.tar/etc/abs.jpg", "x.tar/up.jpg"]
    assert done.skipped.counts == {"invalid-record": 3, "not-an-image": 1}
    assert {file.name for file in tmp_path.iterdir()} == {"data", "run"}
    assert len(list((run.path / "images").iterdir())) == 2


@pytest.mark.parametrize("place", ["in an image", "in a header", "between members", "in zeros", "garbage"])
def test_a_shard_cut_in_the_middle_gives_its_whole_samples_or_one_error(
    tmp_path: Path, run: RunFolder, place: str
) -> None:
    members = [part for n in range(4) for part in sample(str(n), n, f"Picture {n}.")]
    path = write(tmp_path / "x.tar", members)
    with tarfile.open(path) as archive:
        entry = archive.getmember("2.jpg")
        behind = archive.getmember("2.json").offset
    at = {"in an image": entry.offset_data + 99, "in a header": behind + 100, "between members": behind}.get(place)
    raw = path.read_bytes()
    if place == "in zeros":
        raw = raw[: archive.offset]
    elif place == "garbage":
        raw = raw[: entry.offset] + b"\xa5" * 512 + raw[entry.offset + 512 :]
    path.write_bytes(raw[:at])
    with pytest.raises(InvalidRecord, match=r"x\.tar: cut or damaged at sample '[123]'"):
        ingest(run, [path])
    assert run.current("ingest") is None
    assert not (run.path / "images").exists()
    done = ingest(run, [path], IngestOptions(skip_invalid=True))
    wanted = {"in zeros": 3, "garbage": 1}.get(place, 2)
    assert (done.manifest.counts["images"], done.skipped.counts) == (wanted, {"invalid-record": 1})


def test_a_packed_shard_cut_in_the_middle(tmp_path: Path) -> None:
    members: Members = [(f"{n}.jpg", random.Random(n).randbytes(100_000)) for n in range(4)]
    whole = write(tmp_path / "whole.tar", members).read_bytes()
    packed = gzip.compress(whole)
    (tmp_path / "x.tar.gz").write_bytes(packed[: len(packed) // 2])
    found, bad = read_what_can_be("webdataset", tmp_path / "x.tar.gz")
    assert 0 < len(found) < 4
    assert len(bad) == 1


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\0" * 100, b"PK\3\4" + bytes(600)])
def test_what_is_no_tar_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_all("webdataset", tmp_path / "x.tar")


def test_nothing_there_says_so(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "x.tar", tmp_path / "*.tar"):
        with pytest.raises(UnreadableFile):
            read_all("webdataset", path)
