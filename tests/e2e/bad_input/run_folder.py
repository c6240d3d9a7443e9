"""Run folders that hands, other programs or other commands have been in."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import (
    Make,
    damaged,
    edited,
    folder,
    gone,
    instead_of_a_folder,
    link,
    moved,
    nested,
    parquet,
    pipe,
    rewritten,
)

INGEST, GENERATE, FILTER, EXPORT = "run/ingest/001", "run/generate/001", "run/filter/001", "run/export/mmr/001"
_GENERATE = "generate --per-image 3 --run run"
_FILTER = "filter --without hedging --run run"
_EXPORT = "export --format llava --run run"
_SHOW = "status --run run"


def put(key: str, value: Any) -> Make:
    return edited(lambda found: found.update({key: value}))


def without(key: str) -> Make:
    return edited(lambda found: found.pop(key))


def _renumbered(found: dict[str, Any]) -> None:
    found["files"] = {f"../{name}": entry for name, entry in found["files"].items()}


# What was done to a manifest, how, and what is said.
MANIFESTS: tuple[tuple[str, Content, str], ...] = (
    ("nothing in it", "", "not a manifest"),
    ("cut in the middle", damaged(lambda raw: raw[: len(raw) // 2]), "not a manifest"),
    ("an empty object", "{}", "not a manifest"),
    ("a list", "[]", "not a manifest"),
    ("a number", "7", "not a manifest"),
    ("null", "null", "not a manifest"),
    ("UTF-16", damaged(lambda raw: raw.decode().encode("utf-16")), "not a manifest"),
    ("no JSON", "schema_version: 1\n", "not a manifest"),
    ("nested deep", f'{{"schema_version": {nested(50_000)}}}', "not a manifest"),
    ("a NUL in it", damaged(lambda raw: raw + b"\0"), "not a manifest"),
    ("a pipe", pipe, "manifest.json"),
    ("a folder", folder, "manifest.json"),
    ("a link in a circle", link("manifest.json"), "manifest.json"),
    ("a link that leads nowhere", link("gone"), "manifest.json"),
    ("a device", link("/dev/zero"), "manifest.json"),
    ("another version", put("schema_version", 99), "its schema is 99"),
    ("a version that is a text", put("schema_version", "1"), "its schema is 1"),
    ("a version with a control sequence", put("schema_version", "\x1b[2J"), r"\x1b[2J"),
    ("no stage", without("stage"), "stage"),
    ("no number", without("number"), "number"),
    ("a number that is a text", put("number", "one"), "number"),
    ("the number of another folder", put("number", 7), "number"),
    ("the name of another stage", put("stage", "generate"), "generate/001"),
    ("a key nobody knows", put("colour", "red"), "colour"),
    ("a key with a control sequence", put("\x1b[2J\u202e", 1), r"\x1b[2J\u202e"),
    ("files in a list", put("files", []), "files"),
    ("a file that is a number", put("files", {"pairs.parquet": 3}), "files"),
    ("a file without its size", put("files", {"pairs.parquet": {"sha256": ""}}), "bytes"),
    ("a size that is NaN", put("files", {"x": {"bytes": float("nan"), "sha256": ""}}), "bytes"),
    ("counts that are texts", put("counts", {"pairs": "many"}), "counts"),
    ("counts that are NaN", put("counts", {"pairs": float("nan")}), "counts"),
    ("counts in a list", put("counts", [1]), "counts"),
    ("drops that are fractions", put("drops", {"x": 0.5}), "drops"),
    ("inputs that are texts", put("inputs", {"ingest": "001"}), "inputs"),
    ("seconds that are a text", put("seconds", "long"), "seconds"),
    ("seconds that are NaN", put("seconds", float("nan")), "seconds"),
    ("a price without end", put("usd", float("inf")), "usd"),
    ("notes that are a text", put("notes", "none"), "notes"),
    ("a config that is null", put("config", None), "config"),
    ("sources that are numbers", put("sources", {"x": 1}), "sources"),
)
_READERS = (_SHOW, "gc --run run", _EXPORT, "trace 00 --run run", "status --json --run run", "filter --run run")

# What was done to the run folder, how, the command, and what is said.
Edit = tuple[str, dict[str, Content], str, str]
TABLES: tuple[Edit, ...] = (
    ("images gone", {f"{INGEST}/images.parquet": gone}, _GENERATE, "is missing"),
    ("captions gone", {f"{INGEST}/captions.parquet": gone}, _GENERATE, "is missing"),
    ("pairs gone", {f"{GENERATE}/pairs.parquet": gone}, _FILTER, "is missing"),
    ("kept pairs gone", {f"{FILTER}/kept.parquet": gone}, _EXPORT, "is missing"),
    ("pairs empty", {f"{GENERATE}/pairs.parquet": b""}, _FILTER, "changed since"),
    ("pairs cut", {f"{GENERATE}/pairs.parquet": damaged(lambda raw: raw[:-30])}, _FILTER, "changed since"),
    (
        "pairs overwritten in place",
        {f"{GENERATE}/pairs.parquet": damaged(lambda raw: b"\0" * len(raw))},
        _FILTER,
        "changed since",
    ),
    (
        "pairs with a hole",
        {f"{GENERATE}/pairs.parquet": damaged(lambda raw: raw[:50] + b"\xff" * 200 + raw[250:])},
        _FILTER,
        "pairs.parquet",
    ),
    (
        "images with a hole",
        {f"{INGEST}/images.parquet": damaged(lambda raw: raw[:50] + b"\xff" * 200 + raw[250:])},
        _GENERATE,
        "images.parquet",
    ),
    (
        "pairs of other columns",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda table: table.select(["pair_id"]))},
        _FILTER,
        "pairs.parquet",
    ),
    (
        "pairs without their mark",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda table: table, marked=False)},
        _FILTER,
        "no mark",
    ),
    (
        "pairs whose ids are numbers",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda table: _typed(table, "pair_id"))},
        _FILTER,
        "pairs.parquet",
    ),
    (
        "images whose splits are numbers",
        {f"{INGEST}/images.parquet": rewritten(lambda table: _typed(table, "split"))},
        _GENERATE,
        "images.parquet",
    ),
    (
        "kept pairs that are none",
        {f"{FILTER}/kept.parquet": rewritten(lambda table: _set(table, "pair_id", "f" * 20))},
        _EXPORT,
        "kept.parquet",
    ),
    (
        "pairs of images that are none",
        {f"{INGEST}/images.parquet": rewritten(lambda table: _set(table, "image", "sha256:" + "f" * 64))},
        _EXPORT,
        "images.parquet",
    ),
    (
        "pairs of a kind that is none",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda table: _set(table, "kind", "hoax"))},
        _EXPORT,
        "pairs.parquet",
    ),
    (
        "pairs of no category",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda table: _set(table, "category", "\x1b[2J"))},
        _EXPORT,
        r"pairs.parquet",
    ),
    (
        "pairs without questions",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda table: _nulled(table, "positive"))},
        _FILTER,
        "pairs.parquet",
    ),
    (
        "images that lie outside",
        {f"{INGEST}/images.parquet": rewritten(lambda table: _set(table, "path", "/etc/passwd"))},
        _EXPORT,
        "changed since it was ingested",
    ),
    (
        "images that climb",
        {f"{INGEST}/images.parquet": rewritten(lambda table: _set(table, "path", "../../x"))},
        _EXPORT,
        "No such file",
    ),
    (
        "images of no split",
        {f"{INGEST}/images.parquet": rewritten(lambda table: _set(table, "split", "../x"))},
        _EXPORT,
        "images.parquet",
    ),
    (
        "another table in its place",
        {f"{GENERATE}/pairs.parquet": rewritten(lambda _: pa.table({"x": [1]}))},
        _FILTER,
        "pairs.parquet",
    ),
    ("pairs replaced by a folder", {f"{GENERATE}/pairs.parquet": folder}, _FILTER, "pairs.parquet"),
    ("pairs replaced by a pipe", {f"{GENERATE}/pairs.parquet": pipe}, _FILTER, "pairs.parquet"),
    ("pairs replaced by a device", {f"{GENERATE}/pairs.parquet": link("/dev/zero")}, _FILTER, "pairs.parquet"),
    (
        "a ledger that was cut",
        {f"{FILTER}/drops.parquet": damaged(lambda raw: raw[:-9])},
        "trace {id} --run run",
        "drops.parquet",
    ),
    ("a ledger that is gone", {f"{FILTER}/drops.parquet": gone}, "trace {id} --run run", "drops.parquet"),
    (
        "a ledger of other columns",
        {f"{GENERATE}/drops.parquet": rewritten(lambda table: table.select(["reason"]))},
        "trace {id} --run run",
        "drops.parquet",
    ),
    ("a ledger that is text", {f"{INGEST}/drops.parquet": "dropped nothing"}, "trace {id} --run run", "drops.parquet"),
    ("scores that are gone", {f"{FILTER}/scores.parquet": gone}, "trace {id} --run run", "scores.parquet"),
    (
        "scores of other columns",
        {f"{FILTER}/scores.parquet": parquet({"x": [1]})},
        "trace {id} --run run",
        "scores.parquet",
    ),
    ("scores replaced by a pipe", {f"{FILTER}/scores.parquet": pipe}, "trace {id} --run run", "scores.parquet"),
    ("facts that are gone", {"run/facts/001/facts.parquet": gone}, "trace {id} --run run", "facts.parquet"),
    (
        "a manifest that names no tables",
        {f"{GENERATE}/manifest.json": put("files", {})},
        _FILTER,
        "does not name pairs.parquet",
    ),
    (
        "a manifest whose tables climb",
        {f"{GENERATE}/manifest.json": edited(_renumbered)},
        _FILTER,
        "does not name pairs.parquet",
    ),
    (
        "a manifest with the size of another",
        {f"{GENERATE}/manifest.json": edited(lambda found: found["files"]["pairs.parquet"].update(bytes=1))},
        _FILTER,
        "changed since",
    ),
)
FOLDERS: tuple[Edit, ...] = (
    ("no settings", {"run/leadproof.toml": gone}, _SHOW, "not a run folder"),
    ("settings replaced by a folder", {"run/leadproof.toml": folder}, _GENERATE, "not a run folder"),
    ("the lock is a folder", {"run/.lock": folder}, _GENERATE, ".lock"),
    ("the lock is a link that leads out", {"run/.lock": link("/etc/passwd-none/x")}, _GENERATE, ".lock"),
    ("the lock is a link in a circle", {"run/.lock": link(".lock")}, _GENERATE, ".lock"),
    ("the lock is a pipe nobody reads", {"run/.lock": pipe}, _GENERATE, ".lock"),
    ("a stage is a file", {"run/filter": instead_of_a_folder()}, _EXPORT, "filter"),
    ("a stage to be written is a file", {"run/export/llava": "x"}, _EXPORT, "llava"),
    ("exports are a file", {"run/export": instead_of_a_folder()}, _EXPORT, "export"),
    ("a stage is a link", {"run/filter": instead_of_a_folder(link("filter-moved"))}, _EXPORT, "filter"),
    ("a stage to be written is a link out", {"run/export/llava": link("/tmp")}, _EXPORT, "llava"),
    ("no pairs left", {GENERATE: moved("old")}, _FILTER, "generate"),
    ("no images left", {INGEST: moved("old")}, "generate --run run", "ingest PATH"),
    ("an image gone", {"run/scenes/001/images": moved("gone")}, _EXPORT, "Put it back"),
    ("an image replaced", {"run/scenes/001/images": lambda path: _overwritten(path)}, _EXPORT, "changed since it was"),
    ("numbers past all measure", {f"{FILTER}": moved("999999999")}, _FILTER, "999999999"),
)


def _set(table: pa.Table, column: str, value: str) -> pa.Table:
    return table.set_column(table.schema.get_field_index(column), column, pa.array([value] * len(table), pa.string()))


def _typed(table: pa.Table, column: str) -> pa.Table:
    return table.set_column(table.schema.get_field_index(column), column, pa.array(range(len(table)), pa.int64()))


def _nulled(table: pa.Table, column: str) -> pa.Table:
    at = table.schema.get_field_index(column)
    return table.set_column(at, table.schema.field(at), pa.nulls(len(table), table.schema.field(at).type))


def _overwritten(images: Path) -> None:
    for path in images.iterdir():
        path.write_bytes(b"another")


_HELD: list[int] = []


def held(path: Path) -> None:
    """A lock that another command holds; the one before is let go."""
    for handle in _HELD:
        os.close(handle)
    handle = os.open(path, os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    _HELD[:] = [handle]


LOCKED = (
    "generate --run run",
    "filter --run run",
    "export --format mmr --run run",
    "scenes 3 --run run",
    "gc --run run",
    "gc --dry-run --run run",
    "demo --out run",
    "import p.json --run run",
    "ingest c.jsonl --run run",
)
_INPUTS: dict[str, Content] = {"p.json": "[]", "c.jsonl": json.dumps({"image": "a.png", "caption": "x"})}

CASES = [
    *(
        Case(f"manifest: {what}", _READERS[at % len(_READERS)], said, {f"{FILTER}/manifest.json": content}, given="run")
        for at, (what, content, said) in enumerate(MANIFESTS)
    ),
    *(Case(f"run: {what}", command, said, files, given="run") for what, files, command, said in (*TABLES, *FOLDERS)),
    *(
        Case(
            f"two at once: {line.split()[0]}{' dry' * ('dry' in line)}",
            line,
            "another leadproof command",
            {**_INPUTS, "run/.lock": held},
            given="run",
        )
        for line in LOCKED
    ),
]
