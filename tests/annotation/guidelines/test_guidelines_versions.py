"""Versions on disk: edits are never lost, versions never change, and errors say what to do."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from annotation.guidelines import Guidelines, current_version, write_first
from annotation.guidelines.as_html import MAX_MARKDOWN
from schemas.errors import BadInput, UnreadableFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the guidelines of the run folder ``tmp_path`` are."""
    return tmp_path / "annotate" / "guidelines"


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def version(run: Path) -> Guidelines:
    found = current_version(run)
    assert found is not None
    return found


def test_there_are_none_before_the_first(tmp_path: Path) -> None:
    assert current_version(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_first_text_is_version_one(tmp_path: Path, folder: Path) -> None:
    made = write_first(tmp_path, "Look.\n")
    assert made == Guidelines(1, "Look.\n", hashlib.sha256(b"Look.\n").hexdigest())
    assert files(folder) == {"001.md": "Look.\n", "guidelines.md": "Look.\n"}


def test_reading_makes_no_version_of_what_has_not_changed(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    assert [version(tmp_path).version for _ in range(3)] == [1, 1, 1]
    assert sorted(files(folder)) == ["001.md", "guidelines.md"]


def test_edit_makes_the_next_version_and_leaves_the_others(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    for number, text in enumerate(["Look twice.\n", "Look.\n"], start=2):
        (folder / "guidelines.md").write_text(text, encoding="utf-8")
        assert (version(tmp_path).version, version(tmp_path).text) == (number, text)
    assert files(folder) == {
        "001.md": "Look.\n", "002.md": "Look twice.\n", "003.md": "Look.\n", "guidelines.md": "Look.\n",
    }  # fmt: skip


def test_regenerating_leaves_an_edited_file_alone(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    (folder / "guidelines.md").write_text("By hand.\n", encoding="utf-8")
    assert write_first(tmp_path, "Look anew.\n").text == "By hand.\n"
    assert files(folder) == {"001.md": "Look.\n", "002.md": "By hand.\n", "guidelines.md": "By hand.\n"}


def test_regenerating_when_asked_keeps_the_edit_as_a_version(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    (folder / "guidelines.md").write_text("By hand.\n", encoding="utf-8")
    assert write_first(tmp_path, "Look anew.\n", again=True).version == 3
    assert files(folder) == {
        "001.md": "Look.\n", "002.md": "By hand.\n", "003.md": "Look anew.\n", "guidelines.md": "Look anew.\n",
    }  # fmt: skip


def test_file_written_by_hand_before_any_version_is_kept(tmp_path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "guidelines.md").write_text("Mine.\n", encoding="utf-8")
    assert write_first(tmp_path, "Look.\n").text == "Mine.\n"


def test_newest_version_counts_while_the_file_is_away(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    (folder / "guidelines.md").unlink()
    assert version(tmp_path).version == 1
    assert write_first(tmp_path, "Look.\n").version == 1
    assert files(folder) == {"001.md": "Look.\n", "guidelines.md": "Look.\n"}


def test_line_ends_and_a_byte_order_mark_make_no_version(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\nTwice.\n")
    (folder / "guidelines.md").write_bytes(b"\xef\xbb\xbfLook.\r\nTwice.\r\n")
    assert version(tmp_path).version == 1


def test_numbers_go_on_beyond_999(tmp_path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "999.md").write_text("Old.\n", encoding="utf-8")
    assert write_first(tmp_path, "New.\n").version == 1000
    assert version(tmp_path).version == 1000


def test_litter_and_other_files_beside_are_no_versions(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    for name in (".002.md.77.part", "notes.md", "002.txt", "guidelines.md~", "02.md"):
        (folder / name).write_text("x", encoding="utf-8")
    assert version(tmp_path).version == 1


def test_versions_are_read_only(tmp_path: Path, folder: Path) -> None:
    write_first(tmp_path, "Look.\n")
    assert (folder / "001.md").stat().st_mode & 0o222 == 0
    assert (folder / "guidelines.md").stat().st_mode & 0o200


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"caf\xe9", "not UTF-8"),
        ("Look".encode("utf-16"), "not UTF-8"),
        (b"x" * (MAX_MARKDOWN + 1), "longer than 100,000 characters"),
        (b"x" * (4 * MAX_MARKDOWN + 1), "longer than 100,000 characters"),
    ],
)
@pytest.mark.parametrize("again", [False, True])
def test_file_that_is_no_guidelines_is_one_clear_error(
    tmp_path: Path, folder: Path, held: bytes, says: str, *, again: bool
) -> None:
    write_first(tmp_path, "Look.\n")
    (folder / "guidelines.md").write_bytes(held)
    with pytest.raises(UnreadableFile, match=says) as caught:
        write_first(tmp_path, "New.\n", again=again)
    assert str(folder / "guidelines.md") in str(caught.value)
    assert caught.value.fix
    with pytest.raises(UnreadableFile, match=says):
        current_version(tmp_path)
    assert (folder / "guidelines.md").read_bytes() == held
    assert sorted(path.name for path in folder.iterdir()) == ["001.md", "guidelines.md"]


@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "pipe"])
@pytest.mark.parametrize("name", ["guidelines.md", "007.md"])
def test_what_is_no_file_is_one_clear_error(tmp_path: Path, folder: Path, kind: str, name: str) -> None:
    write_first(tmp_path, "Look.\n")
    path = folder / name
    path.unlink(missing_ok=True)
    (tmp_path / "secret").write_text("Secret.\n", encoding="utf-8")
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to(tmp_path / ("secret" if kind == "link" else "nothing"))
    with pytest.raises(UnreadableFile, match=r"link|folder|no ordinary file") as caught:
        current_version(tmp_path)
    assert name in str(caught.value)
    assert caught.value.fix


def test_file_in_place_of_the_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "annotate").write_text("x", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="annotate") as caught:
        write_first(tmp_path, "Look.\n")
    assert caught.value.fix
    with pytest.raises(UnreadableFile, match="annotate"):
        current_version(tmp_path)


@pytest.mark.parametrize("text", ["", " \n", "x" * (MAX_MARKDOWN + 1)])
def test_refuses_to_write_what_it_would_not_read(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput):
        write_first(tmp_path, text)
    assert list(tmp_path.iterdir()) == []


def test_full_disk_leaves_nothing_half_written(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_first(tmp_path, "Look.\n")
    (folder / "guidelines.md").write_text("Edited.\n", encoding="utf-8")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UnreadableFile, match="No space left"):
            current_version(tmp_path)
    assert files(folder) == {"001.md": "Look.\n", "guidelines.md": "Edited.\n"}
    assert version(tmp_path).version == 2
