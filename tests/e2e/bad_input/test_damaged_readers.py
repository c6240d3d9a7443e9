"""Files that every other reader takes, damaged at random: a good read or a named fault, nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datagen.sources.facts import read_facts
from evaluation.lint import lint
from evaluation.replies import read_replies
from schemas.config import read_settings
from schemas.errors import LeadproofError
from schemas.manifest import FileEntry, Manifest, StageRef, read_manifest
from schemas.mmr import read_rows, rows_to_pairs
from schemas.tables import read_table, to_table, write_table
from tests.datagen.sources.test_damage import damaged
from tests.e2e.bad_input.facts import box, fact
from tests.e2e.bad_input.pairs import PAIRS, REPLY
from tests.e2e.bad_input.replies import pair

SETTINGS = '[run]\nseed = 3\ntrain = 0.8\ncategories = ["context/sky"]\n[generate]\nper_image = 5\n[filter.hedging]\n'
MANIFEST = Manifest(
    stage="filter", number=1, inputs={"generate": StageRef(stage="generate", number=1, hash="ab")},
    files={"kept.parquet": FileEntry(bytes=3, sha256="cd", rows=1)}, counts={"pairs": 2}, seconds=0.5,
).model_dump_json()  # fmt: skip


def _pairs(path: Path) -> object:
    return rows_to_pairs(read_rows(path), image_ref=str)


def _table(path: Path) -> object:
    return read_table(path, "kept").to_pylist()


READERS: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "pairs": ("p.json", PAIRS, _pairs),
    "pairs, to lint": ("p.json", PAIRS, lint),
    "records, to lint": ("g.jsonl", pair() * 2, lint),
    "replies": ("r.jsonl", REPLY * 2, read_replies),
    "released replies": ("r.json", json.dumps([["1", {"text": "A"}, "POS"]] * 2), read_replies),
    "settings": ("leadproof.toml", SETTINGS, read_settings),
    "manifest": ("manifest.json", MANIFEST, lambda path: read_manifest(path.parent)),
    "boxes": ("f.json", box(), lambda path: read_facts(path, lambda _: None)),
    "facts": ("f.jsonl", fact() * 2, lambda path: read_facts(path, lambda _: None)),
}


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=60, deadline=5_000, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_is_read_or_named(kind: str, tmp_path: Path, data: st.DataObject) -> None:
    name, whole, read = READERS[kind]
    path = tmp_path / name
    path.write_bytes(damaged(whole.encode(), data))
    refused_or_read(read, path)


@settings(max_examples=60, deadline=5_000, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_table_is_read_or_named(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "kept.parquet"
    write_table(path, "kept", to_table("kept", [{"rank": at, "pair_id": f"{at:020}"} for at in range(20)]))
    path.write_bytes(damaged(path.read_bytes(), data))
    refused_or_read(_table, path)


def refused_or_read(read: Callable[[Path], object], path: Path) -> None:
    said = "read"
    try:
        read(path)
    except LeadproofError as error:
        said = str(error)
    assert len(said.splitlines()) == 1
