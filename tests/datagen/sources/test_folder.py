import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from datagen.ingest import IngestOptions, ingest
from datagen.sources import detect
from schemas.errors import BadInput, InvalidRecord, UnreadableFile
from schemas.ledger import read_ledger
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest, picture, read_all, read_what_can_be


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_sidecars_are_captions_one_a_line_at_any_depth(tmp_path: Path, taken: Ingest) -> None:
    files = {
        "b.png": picture(1),
        "b.txt": b"\xef\xbb\xbfA dog.\r\n\r\n  A dog  runs. \r\n",
        "a/c.JPG": picture(2, "JPEG"),
        "a/c.JPG.txt": "Ein Bär.".encode(),
        "a/alone.webp": picture(3, "WEBP"),
        "README.txt": b"No caption.",
        ".hidden.png": picture(4),
        ".thumbnails/b.png": picture(5),
    }
    folder = fill(tmp_path / "photos", files)
    assert detect(folder) == "folder"
    assert [one.image for one in read_all("folder", folder)] == ["b.png", "a/alone.webp", "a/c.JPG"]
    assert taken(folder) == {"b.png": ["A dog runs.", "A dog."], "a/c.JPG": ["Ein Bär."], "a/alone.webp": []}


def test_a_sidecar_that_changed_is_noticed_and_a_run_folder_passed_over(tmp_path: Path, taken: Ingest) -> None:
    folder = fill(tmp_path, {"a.png": picture(1), "a.txt": b"A dog."})
    assert taken(folder, copy=True) == {"a.png": ["A dog."]}
    (folder / "a.txt").write_text("A cat.")
    assert taken(folder, copy=True) == {"a.png": ["A cat."]}
    assert not ingest(RunFolder.open(tmp_path / "run"), [folder], IngestOptions(copy=True)).changed


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("One.\ncafé".encode("cp1252"), r"a\.txt:2: not UTF-8"),
        ("One.".encode("utf-16"), r"a\.txt:1: not UTF-8"),
        (b"One.\0", "a NUL byte"),
        (b"x" * 100_001, "longer than 100,000 characters"),
        (b"x\n" * 600_000, "longer than 1,000,000 bytes"),
    ],
)
def test_a_bad_sidecar_is_named(tmp_path: Path, content: bytes, fault: str) -> None:
    folder = fill(tmp_path, {"a.png": b"", "a.txt": content, "b.png": b"", "b.txt": b"Two."})
    with pytest.raises(InvalidRecord, match=fault):
        read_all("folder", folder)
    assert [one.image for one in read_what_can_be("folder", folder)[0]] == ["b.png"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path, run: RunFolder) -> None:
    fill(tmp_path / "secret", {"word.txt": b"hunter2", "c.png": picture(1)})
    folder = fill(tmp_path / "photos", {"a.png": picture(2)})
    (folder / "a.txt").symlink_to(tmp_path / "secret/word.txt")
    (folder / "deep").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder)
    with pytest.raises(InvalidRecord, match="a link that leads out"):
        ingest(run, [folder])
    assert [one.image for one in read_what_can_be("folder", folder)[0]] == []


def test_names_that_are_no_text_and_hostile_ones(tmp_path: Path, run: RunFolder) -> None:
    names = [b"ok.png", b"bad\xff.png", b"new\nline\x1b[2J.png"]
    for n, name in enumerate(names):
        (tmp_path / name.decode("utf-8", "surrogateescape")).write_bytes(picture(n))
    done = ingest(run, [tmp_path], IngestOptions(skip_invalid=True))
    assert done.skipped.counts == {"invalid-record": 1}
    assert len(run.require("ingest").table("images")) == 2


@pytest.mark.parametrize("make", ["empty", "text", "file"])
def test_what_is_no_folder_of_images_says_so(tmp_path: Path, run: RunFolder, make: str) -> None:
    path = fill(tmp_path / "photos", {"notes.txt": b"x"} if make != "empty" else {})
    path.mkdir(exist_ok=True)
    with pytest.raises(BadInput):
        ingest(run, [path])
    with pytest.raises(UnreadableFile):
        ingest(run, [path / "notes.txt" if make == "file" else path], IngestOptions(format="folder"))
    assert run.current("ingest") is None


def bomb(side: int) -> bytes:
    """A small PNG that says it is very large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def sixteen_bit(seed: int) -> bytes:
    grey = Image.open(BytesIO(picture(seed, size=96))).convert("L")
    wide = b"".join(struct.pack("<H", value * 257) for value in grey.tobytes())
    file = BytesIO()
    Image.frombytes("I;16", grey.size, wide).save(file, "PNG")
    return file.getvalue()


def animated() -> bytes:
    frames = [Image.open(BytesIO(picture(seed))) for seed in (20, 21, 22)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def test_images_of_all_kinds_come_in_and_what_is_none_is_named(tmp_path: Path, run: RunFolder) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    good = {
        "turned.jpg": picture(10, "JPEG", exif=turned),
        "cmyk.jpg": picture(11, "JPEG", mode="CMYK"),
        "grey.png": picture(12, mode="L"),
        "palette.png": picture(13, mode="P"),
        "clear.png": picture(14, mode="LA"),
        "deep.png": sixteen_bit(15),
        "deeper.png": sixteen_bit(16),
        "animated.gif": animated(),
        "page.tiff": picture(18, "TIFF"),
        "wrong-ending.png": picture(19, "JPEG"),
    }
    bad = {
        "zero.png": b"",
        "cut.png": picture(1)[:-300],
        "cut.jpg": picture(1, "JPEG")[:-300],
        "bomb.png": bomb(11_000),
        "larger-bomb.png": bomb(60_000),
        "page.png": b"<!doctype html><title>404</title>",
        "vector.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    done = ingest(run, [fill(tmp_path / "photos", {**good, **bad})])
    rows = run.require("ingest").table("images").to_pylist()
    assert {row["name"] for row in rows} == good.keys()
    assert len({row["cluster"] for row in rows}) == len(good)
    assert done.skipped.counts == {"cut-or-damaged": 2, "not-an-image": 3, "too-large": 2}
    named = " ".join(drop["detail"] for drop in read_ledger(run).to_pylist())
    assert all(name in named for name in bad)


def test_names_that_are_not_utf8_are_passed_over_by_name(tmp_path: Path, run: RunFolder) -> None:
    folder = fill(tmp_path / "photos", {"a.png": picture(1)})
    try:
        for name in (b"caf\xe9.png", b"caf\xe9/b.png"):
            place = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(picture(2))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    with pytest.raises(InvalidRecord, match="not UTF-8 text"):
        ingest(run, [folder])
    done = ingest(run, [folder], IngestOptions(skip_invalid=True))
    assert done.manifest.counts["images"] == 1
    assert done.skipped.counts == {"invalid-record": 2}
    assert all("udce9" in row["detail"] for row in read_ledger(run).to_pylist())
