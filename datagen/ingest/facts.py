"""Boxes and facts that come beside captions, into ``facts/``."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from sqlite3 import Connection

from datagen.ingest.looking import references, were_found
from datagen.sources.facts import Box, read_facts
from schemas.errors import InvalidRecord
from schemas.fact import Fact, fact_id_of
from schemas.run import RunFolder
from schemas.tables import to_table

OUTSIDE = ("scene",)


@dataclass(frozen=True)
class FactsFile:
    """A file of boxes or facts, read; images as the file names them."""

    path: Path
    mark: str
    boxes: list[Box]
    facts: list[Fact]


def facts_by_image(path: Path, on_invalid: Callable[[InvalidRecord], None]) -> FactsFile:
    """Read a file of boxes or facts.

    Raises:
        UnreadableFile: The file is neither.
    """
    boxes, facts = read_facts(path, on_invalid)
    return FactsFile(path, hashlib.sha256(path.read_bytes()).hexdigest(), boxes, facts)


def commit_facts(run: RunFolder, db: Connection, given: FactsFile) -> None:
    """Add the facts of images that were taken in; those of the same images before are replaced.

    Args:
        run: The run, locked.
        db: The scratch database, which knows the images by the names that the file gives them.
        given: What the file says.
    """
    before = run.current("facts")
    refs = references(db, {box.image for box in given.boxes} | {fact.image for fact in given.facts})
    boxes = [{**asdict(box), "image": refs[box.image]} for box in given.boxes if box.image in refs]
    placed = ((refs[fact.image], fact) for fact in given.facts if fact.image in refs)
    by_id = {fact_id_of(ref, fact): {**fact.model_dump(), "image": ref} for ref, fact in placed}
    rows = [{**row, "fact_id": fact_id} for fact_id, row in by_id.items()]
    if before:
        old_boxes, old_facts = before.table("boxes").to_pylist(), before.table("facts").to_pylist()
        again = were_found(db, {row["image"] for row in (*old_boxes, *old_facts)})
        boxes += [row for row in old_boxes if row["image"] not in again or not given.boxes]
        rows += [
            row for row in old_facts if row["image"] not in again or row["source"] not in OUTSIDE or not given.facts
        ]
    write_facts(run, boxes, rows, sources={given.path.name: given.mark})


def write_facts(
    run: RunFolder, boxes: list[dict[str, object]], rows: list[dict[str, object]], *, sources: dict[str, str]
) -> None:
    """Commit a new ``facts/`` stage."""
    with run.stage("facts") as stage:
        keys = ("image", "label", "x", "y", "width", "height")
        stage.table("boxes", to_table("boxes", boxes).sort_by([(key, "ascending") for key in keys]))
        stage.table("facts", to_table("facts", rows).sort_by([("image", "ascending"), ("fact_id", "ascending")]))
        stage.commit(sources=sources, counts={"boxes": len(boxes), "facts": len(rows)})
