"""A benchmark's images: found by content, and never outside their folder whatever a row calls them."""

import hashlib
import os
import struct
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evaluation.benchmarks.images import MOST_BYTES, Absent, locate, locate_all, said_of
from mllm import ImagePart


def picture(form: str = "PNG", shade: int = 0) -> bytes:
    file = BytesIO()
    Image.new("RGB", (6, 4), (shade % 256, shade // 256 % 256, 9)).save(file, form)
    return file.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    (folder / "below").mkdir(parents=True)
    (folder / "a.png").write_bytes(picture())
    (folder / "below" / "b.jpg").write_bytes(picture("JPEG"))
    (tmp_path / "secret.png").write_bytes(picture())
    return folder.resolve()


def test_an_image_is_named_by_its_content(root: Path) -> None:
    found = locate("below/b.jpg", root)
    assert found == ImagePart(f"sha256:{hashlib.sha256(picture('JPEG')).hexdigest()}", root / "below" / "b.jpg", True)


def test_whether_it_may_leave_is_asked_by_name_and_reference(root: Path) -> None:
    asked: list[tuple[str, str]] = []

    def may_leave(name: str, ref: str) -> bool:
        asked.append((name, ref))
        return False

    found = locate_all(["a.png", "a.png"], root, may_leave=may_leave)
    assert not found.parts["a.png"].may_leave
    assert asked == [("a.png", found.parts["a.png"].ref)]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "no name"), (" ", "no name"), ("../secret.png", "leads out"), ("below/../../secret.png", "leads out"),
        ("/etc/hostname", "leads out"), ("C:\\secret.png", "leads out"), ("\\\\host\\secret.png", "leads out"),
        ("below/../a.png", "leads out"), ("missing.png", "no such file"), ("below", "not a file"), (".", "not a file"),
        ("a.png/x", "cannot be read"), ("n" * 400, "cannot be read"), ("a\0.png", "cannot be read"),
        ("https://host/a.png", "no such file"), ("\ud800.png", "cannot be read"),
    ],
)  # fmt: skip
def test_names_that_are_no_image_here(root: Path, name: str, why: str) -> None:
    found = locate(name, root)
    assert isinstance(found, Absent)
    assert why in found.why


@given(
    st.text(max_size=40) | st.lists(st.sampled_from(["..", ".", "/", "below", "secret.png", "images"])).map("/".join)
)
@settings(max_examples=200)
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = (tmp_path_factory.getbasetemp() / "names" / "images").resolve()
    (folder / "below").mkdir(parents=True, exist_ok=True)
    for place in (folder.parent, folder, folder / "below"):
        (place / "secret.png").write_bytes(picture())
    found = locate(name, folder)
    assert isinstance(found, Absent) or found.path.is_relative_to(folder)


def test_links_are_followed_within_the_folder_alone(root: Path) -> None:
    (root / "inside.png").symlink_to(root / "a.png")
    (root / "outside.png").symlink_to(root.parent / "secret.png")
    (root / "way").symlink_to(root.parent)
    (root / "loop.png").symlink_to(root / "loop.png")
    found = locate_all(["inside.png", "outside.png", "way/secret.png", "loop.png"], root)
    assert {name: part.path for name, part in found.parts.items()} == {"inside.png": root / "a.png"}
    assert [one.why for one in found.absent[:2]] == ["its link leads out of the folder of images"] * 2


def test_the_folder_itself_may_be_a_link(root: Path) -> None:
    (root.parent / "linked").symlink_to(root)
    assert not locate_all(["a.png"], root.parent / "linked").absent


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", b""), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held)) for name, held in chunks
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"hello", "no image of a known format"), (b"", "no image of a known format"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no image of a known format"),
        (picture()[:20], "cut or damaged"), (png(60_000, 60_000), "pixels"),
        (png(10_001, 10_000), "pixels are too many"),
    ],
)  # fmt: skip
def test_files_that_are_no_image_are_said_to_be_none(root: Path, content: bytes, why: str) -> None:
    (root / "it.png").write_bytes(content)
    found = locate("it.png", root)
    assert isinstance(found, Absent)
    assert why in found.why


def test_pipes_and_huge_files_are_not_read(root: Path) -> None:
    os.mkfifo(root / "pipe.png")
    with (root / "huge.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert [one.why for one in locate_all(["pipe.png", "huge.png"], root).absent] == [
        "not a file", "100,000,001 bytes are too many",
    ]  # fmt: skip


def test_the_largest_that_is_decoded_is_taken(root: Path) -> None:
    (root / "it.png").write_bytes(png(10_000, 10_000))
    assert isinstance(locate("it.png", root), ImagePart)


def test_without_a_folder_all_are_absent() -> None:
    found = locate_all(["a.png", "b.png", "a.png"], None)
    assert [one.name for one in found.absent] == ["a.png", "b.png"]


def test_what_is_absent_is_counted_and_some_of_it_named() -> None:
    absent = [Absent(f"{place}.png", "no such file") for place in range(7)]
    assert said_of(absent, most=2) == "7 images cannot be used: 0.png (no such file), 1.png (no such file) and 5 more"
    assert said_of([]) == ""


def test_thousands_take_seconds(root: Path) -> None:
    for place in range(2_000):
        (root / f"{place}.png").write_bytes(picture(shade=place))
    began = time.process_time()
    found = locate_all([f"{place}.png" for place in range(2_000)], root)
    assert len({part.ref for part in found.parts.values()}) == 2_000
    assert time.process_time() - began < 4
