"""WebDataset: tar shards whose members are grouped by key, ``0001.jpg`` beside ``0001.txt`` and ``0001.json``.

Captions are the lines of ``.txt`` and, in ``.json``, what stands under the keys asked for, else under a
key that looks like a caption's. Members are read and never unpacked: their names become labels, no paths.
"""

import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import Path, PurePosixPath

from datagen.sources.columns import cell_captions, guess_captions
from datagen.sources.folder import caption_lines
from datagen.sources.record import DEFAULT, SKIP, OnInvalid, SourceOptions, SourceRecord, label
from datagen.sources.registry import refuse_special, unreadable
from datagen.sources.walking import IMAGES
from schemas.errors import InvalidRecord, UnreadableFile

SHARD_ENDINGS = (".tar", ".tar.gz", ".tgz")
MAX_MEMBER = 256_000_000
_CUT = (tarfile.TarError, EOFError, ValueError, zlib.error, LZMAError, OSError)


@dataclass
class _Sample:
    key: str
    parts: dict[str, bytes] = field(default_factory=dict)
    fault: str | None = None


def read_webdataset(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the samples of a shard, or of the shards of a folder or pattern (``'data/*.tar'``) by name.

    Raises:
        UnreadableFile: There is no shard, or one is not a tar file.
    """
    row = 0
    for shard in shards(path):
        for sample in _samples(shard, on_invalid):
            row += 1
            try:
                yield _record(sample, shard, row, options)
            except InvalidRecord as error:
                on_invalid(error)


def shards(path: Path) -> list[Path]:
    """The tar files that a path means.

    Raises:
        UnreadableFile: None.
    """
    if path.is_dir():
        found = [file for file in path.iterdir() if file.name.endswith(SHARD_ENDINGS)]
    else:
        found = [path] if path.exists() or "*" not in path.name else list(path.parent.glob(path.name))
    if not found:
        raise UnreadableFile("no tar file in it", where=str(path), fix="Name another.")
    return sorted(found)


def _samples(shard: Path, on_invalid: OnInvalid) -> Iterator[_Sample]:
    """Whole samples; what a shard was cut in is one bad record, and the shard's end."""
    refuse_special(shard)
    try:
        archive = tarfile.open(shard)  # noqa: SIM115 - closed below
    except (tarfile.TarError, EOFError, ValueError, zlib.error, LZMAError) as error:
        raise UnreadableFile("not a tar file", where=str(shard), fix="Name another file.") from error
    except OSError as error:
        raise unreadable(shard, error) from error
    sample: _Sample | None = None
    with archive:
        try:
            for member in _members(archive):
                key, _, kind = _split(member.name)
                if sample is None or key != sample.key:
                    if sample is not None:
                        yield sample
                    sample = _Sample(key)
                _add(sample, kind, member, archive)
        except _CUT as error:
            behind = f"sample {label(sample.key)!r}" if sample else "its beginning"
            what = f"cut or damaged at {behind} ({error})"
            on_invalid(InvalidRecord(what, where=shard.name, fix="Fetch it again, or pass --skip-invalid."))
        else:
            if sample is not None:
                yield sample


def _members(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Members but folders, in turn and forgotten again.

    Raises:
        TarError: The archive does not end as an archive does.
    """
    while (member := archive.next()) is not None:
        archive.members.clear()  # type: ignore[attr-defined]  # else it keeps them all
        if not member.isdir() and not PurePosixPath(member.name).name.startswith("."):
            yield member
    source = archive.fileobj
    if source is not None:
        source.seek(archive.offset)
        if source.read(tarfile.BLOCKSIZE) != tarfile.NUL * tarfile.BLOCKSIZE:
            raise tarfile.ReadError("no mark of its end")
        while source.read(2**20):  # so that a compressed archive's sum is checked
            pass


def _split(name: str) -> tuple[str, str, str]:
    """Key and ending: the name is split at the first dot behind the last slash."""
    folder, slash, file = name.rpartition("/")
    stem, dot, kind = file.partition(".")
    return f"{folder}{slash}{stem}", dot, kind.lower()


def _add(sample: _Sample, kind: str, member: tarfile.TarInfo, archive: tarfile.TarFile) -> None:
    if not (f".{kind}" in IMAGES or kind in ("txt", "json")):
        return
    if not member.isreg():
        sample.fault = f"its .{kind} is a link or a device, not a file"
    elif kind in sample.parts:
        sample.fault = f"two members .{kind}"
    elif member.size > MAX_MEMBER:
        sample.fault = f"its .{kind} is longer than {MAX_MEMBER:,} bytes"
    elif (file := archive.extractfile(member)) is not None:
        sample.parts[kind] = file.read()


def _record(sample: _Sample, shard: Path, row: int, options: SourceOptions) -> SourceRecord:
    where = f"{shard.name}: {label(sample.key)}"
    images = [kind for kind in sample.parts if f".{kind}" in IMAGES]
    fault = sample.fault or ("no image" if not images else f"{len(images)} images" if len(images) > 1 else None)
    if fault:
        raise InvalidRecord(fault, where=where, fix=SKIP)
    captions = caption_lines(sample.parts.get("txt", b""), where=f"{where}.txt")
    captions += _from_json(sample.parts.get("json"), f"{where}.json", options)
    name = label(f"{shard.name}/{sample.key}.{images[0]}")
    return SourceRecord(name, tuple(dict.fromkeys(captions)), row, content=sample.parts[images[0]])


def _from_json(raw: bytes | None, where: str, options: SourceOptions) -> tuple[str, ...]:
    if raw is None:
        return ()
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidRecord("not JSON", where=where, fix=SKIP) from error
    if not isinstance(found, dict):
        raise InvalidRecord("not a JSON object", where=where, fix=SKIP)
    keys = options.columns.captions or guess_captions(list(found))
    return cell_captions([found.get(key) for key in keys], where=where)
