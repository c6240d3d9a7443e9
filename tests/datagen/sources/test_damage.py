"""Files of every format, damaged at random: what comes of them is records and named faults, nothing else."""

import contextlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datagen.sources import SOURCES, SourceRecord
from datagen.sources.record import image_place, label
from schemas.errors import BadInput, InvalidRecord
from schemas.tables import to_table

TABLE = {"image": ["a.png", "b/ü.png", "http://x/y.png"], "caption": ["A dog.", "Zwei Bären.", ""]}
LINES = [{"image": name, "captions": [said]} for name, said in zip(*TABLE.values(), strict=True)]
TALKS = [
    {
        "id": str(n),
        "image": f"{n}.png",
        "conversations": [{"from": "human", "value": "Describe it. <image>"}, {"from": "gpt", "value": "A dog runs."}],
    }
    for n in range(3)
]
COCO = {
    "images": [{"id": 1, "file_name": "a.png", "license": 1}, {"id": 2, "file_name": "b.png"}],
    "annotations": [{"id": 1, "image_id": 1, "caption": "A dog."}, {"id": 2, "image_id": 2, "caption": "A cat."}],
    "licenses": [{"id": 1, "name": "CC"}],
}


def _tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, raw in (
            ("1.jpg", b"1" * 600),
            ("1.txt", b"A dog."),
            ("2.jpg", b"2"),
            ("2.json", b'{"caption": "x"}'),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return file.getvalue()


def _parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(TABLE), file, compression="none")
    return file.getvalue()


def _stream() -> bytes:
    file = io.BytesIO()
    with pa.ipc.new_stream(file, pa.table(TABLE).schema) as stream:
        stream.write_table(pa.table(TABLE))
    return file.getvalue()


def _csv() -> bytes:
    return "\r\n".join(f'"{name}";"{said}"' for name, said in zip(*TABLE.values(), strict=True)).join(
        ("image;caption\r\n", "\r\n")
    ).encode()  # fmt: skip


WHOLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "coco": ("x.json", lambda: json.dumps(COCO).encode()),
    "llava": ("x.json", lambda: json.dumps(TALKS).encode()),
    "jsonl": ("x.jsonl", lambda: "\n".join(map(json.dumps, LINES)).encode()),
    "json": ("x.json", lambda: json.dumps(LINES).encode()),
    "csv": ("x.csv", _csv),
    "parquet": ("x.parquet", _parquet),
    "folder": ("a.txt", lambda: "A dog.\nZwei Bären.".encode()),
    "webdataset": ("x.tar", _tar),
    "hf": ("data.arrow", _stream),
}
IN_A_FOLDER = {"folder": ("a.png", b""), "hf": ("state.json", b'{"_data_files": [{"filename": "data.arrow"}]}')}
NUISANCES = [b"\0", b"\xff", b'"', b"\xed\xa0\x80", b"\r", b"[[[", b"{", b"\\ud800", b"9e999"]


def damaged(whole: bytes, data: st.DataObject) -> bytes:
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        what = data.draw(st.sampled_from(["cut", "drop", "overwrite", "insert", "repeat"]))
        size = data.draw(st.integers(1, 40))
        if what == "cut":
            del raw[at:]
        elif what == "drop":
            del raw[at : at + size]
        elif what == "repeat":
            raw[at:at] = raw[at : at + size]
        else:
            new = data.draw(
                st.sampled_from([b"\0", b"\xff", b'"', b"\xed\xa0\x80", b"\r", b"[[[", b"{", b"\\ud800", b"9e999"])
            )
            raw[at : at + (len(new) if what == "overwrite" else 0)] = new
    return bytes(raw)


def test_every_format_is_here() -> None:
    assert WHOLE.keys() == SOURCES.builtin.keys()


@pytest.mark.parametrize("form", WHOLE)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_gives_records_and_named_faults(form: str, tmp_path: Path, data: st.DataObject) -> None:
    name, make = WHOLE[form]
    path = tmp_path / name
    path.write_bytes(damaged(make(), data))
    if form in IN_A_FOLDER:
        beside, content = IN_A_FOLDER[form]
        (tmp_path / beside).write_bytes(content)
        path = tmp_path
    bad: list[InvalidRecord] = []
    found: list[SourceRecord] = []
    with contextlib.suppress(BadInput):
        found.extend(SOURCES.get(form)(path, bad.append))
    for record in found:
        assert (label if record.content is not None else usable)(record.image) == record.image
    texts = [text for record in found for text in record.captions]
    to_table("captions", [{"image": "x", "text": text, "language": "en", "source": "x", "row": 1} for text in texts])
    assert all("\n" not in str(error) for error in bad)


def usable(name: str) -> str:
    return image_place(name, where="here")
