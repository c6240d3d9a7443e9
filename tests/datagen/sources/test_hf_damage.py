"""Damaged Arrow streams, read in a process of its own: Arrow itself may end it, and that would be no one line."""

import io
import json
import random
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pytest

from datagen.sources import SOURCES
from datagen.sources.record import Columns, SourceOptions
from schemas.errors import BadInput, InvalidRecord

NAMES = ["a.png", "a name of more bytes than a view holds itself.png", "c.png"] * 4
CAPTIONS = ["A dog.", "Zwei Bären.", ""] * 4
IMAGES = {
    "names": pa.array(NAMES),
    "bytes": pa.array([{"bytes": b"x" * 50, "path": "a.png"}, None, {"bytes": b"y", "path": None}] * 4),
    "dictionary": pa.array(NAMES).dictionary_encode(),
    "large": pa.array(NAMES, pa.large_string()),
    "views": pa.array(NAMES, pa.string_view()),
}
DAMAGES = 150


def stream(kind: str, compression: str | None) -> bytes:
    file = io.BytesIO()
    table = pa.table({"image": IMAGES[kind], "caption": [[said] for said in CAPTIONS]})
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_stream(file, table.schema, options=options) as one:
        one.write_table(table, max_chunksize=5)
    return file.getvalue()


def damaged(raw: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(raw) - 8)
        match chance.randrange(6):
            case 0 | 1:
                raw[at] ^= 1 << chance.randrange(8)
            case 2:
                raw[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
            case 3:
                raw[at : at + 4] = chance.randbytes(4)
            case 4:
                raw[at : at + 8] = chance.choice([b"\xff" * 8, b"\xff\xff\xff\x7f\0\0\0\0"])
            case 5:
                del raw[at : at + chance.randint(1, 8)]
    return bytes(raw)


def read_damaged(kind: str, folder: Path) -> None:
    """What the child does; an exception that is no BadInput ends it with 1, a crash with a signal."""
    chance = random.Random(kind)
    (folder / "state.json").write_text(json.dumps({"_data_files": [{"filename": "x.arrow"}]}))
    whole = [stream(kind, None), stream(kind, "zstd")]
    refused = 0
    for at in range(DAMAGES):
        (folder / "x.arrow").write_bytes(damaged(bytearray(whole[at % 2]), chance))
        bad: list[InvalidRecord] = []
        try:
            list(SOURCES.get("hf")(folder, bad.append, SourceOptions(Columns("image", ("caption",)))))
        except BadInput:
            refused += 1
    if not refused:
        raise ValueError("no damage was noticed")


@pytest.mark.parametrize("kind", IMAGES)
def test_a_damaged_stream_ends_no_process(kind: str, tmp_path: Path) -> None:
    child = get_context("spawn").Process(target=read_damaged, args=(kind, tmp_path))
    child.start()
    child.join(60)
    if child.is_alive():
        child.kill()
    assert child.exitcode == 0
