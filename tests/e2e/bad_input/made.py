"""Contents that cannot be written down as text: archives, tables, pictures, links, pipes, edits."""

import gzip
import hashlib
import io
import json
import os
import socket
import struct
import tarfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from tests.e2e.bad_input.case import Content

Make = Callable[[Path], object]


def lines(*values: object) -> str:
    """JSON lines."""
    return "".join(f"{json.dumps(value)}\n" for value in values)


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def endpoint(path: Path) -> None:
    """A Unix socket; bound below its folder, for its name may be no longer than 108 bytes."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(before)


def folder(path: Path) -> None:
    """In place of whatever is there."""
    path.unlink(missing_ok=True)
    path.mkdir()


def link(target: str) -> Make:
    def make(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return make


def gone(path: Path) -> None:
    path.unlink()


def instead_of_a_folder(content: Content = "x") -> Make:
    """A file, or what a function makes, where a folder was."""

    def make(path: Path) -> None:
        path.rename(path.parents[1] / f"{path.name}-moved")
        if callable(content):
            content(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def moved(to: str) -> Make:
    return lambda path: path.rename(path.with_name(to))


def edited(change: Callable[[dict[str, Any]], object]) -> Make:
    """A JSON file, changed by hand."""

    def make(path: Path) -> None:
        found = json.loads(path.read_text())
        change(found)
        path.write_text(json.dumps(found))

    return make


def damaged(change: Callable[[bytes], bytes]) -> Make:
    """A file's bytes, changed."""
    return lambda path: path.write_bytes(change(path.read_bytes()))


def rewritten(change: Callable[[pa.Table], pa.Table], *, marked: bool = True) -> Make:
    """A Parquet file, changed with its size and hash in the manifest mended, as a careful hand would."""

    def make(path: Path) -> None:
        table = pq.read_table(path)
        mark = table.schema.metadata
        pq.write_table(change(table).replace_schema_metadata(mark if marked else None), path)
        manifest = path.with_name("manifest.json")
        found = json.loads(manifest.read_text())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found["files"][path.name].update(bytes=path.stat().st_size, sha256=digest)
        manifest.write_text(json.dumps(found))

    return make


def gz(content: bytes) -> bytes:
    return gzip.compress(content)


def tar(*members: tuple[str, bytes] | tarfile.TarInfo, mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                entry = tarfile.TarInfo(member[0])
                entry.size = len(member[1])
                archive.addfile(entry, io.BytesIO(member[1]))
    return file.getvalue()


def tar_link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


def parquet(columns: Mapping[str, Any], **how: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), file, **how)
    return file.getvalue()


def arrow(columns: Mapping[str, Any], *, batches: int = 1) -> bytes:
    file = io.BytesIO()
    table = pa.table(dict(columns))
    with pa.ipc.new_stream(file, table.schema) as stream:
        for _ in range(batches):
            stream.write_table(table)
    return file.getvalue()


def picture(form: str = "PNG", size: int = 32, mode: str = "RGB", **save: Any) -> bytes:
    file = io.BytesIO()
    Image.radial_gradient("L").resize((size, size)).convert(mode).save(file, form, **save)
    return file.getvalue()


def claimed(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds next to nothing."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 100)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + closing * depth
