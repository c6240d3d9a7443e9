"""A pair's story, gathered from all stages and shown."""

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.text import Text

from app.console import out, say, show_table
from schemas.errors import BadRunFolder, InvalidPair
from schemas.ledger import read_ledger
from schemas.pair import LETTERS, Pair
from schemas.run import RunFolder, Stage
from schemas.tables import pairs_of
from schemas.text import plain


@dataclass(frozen=True)
class Story:
    """What is known of a pair, from image to export; ``fate`` says in a line what became of it."""

    pair: Pair
    images: list[dict[str, Any]]
    captions: list[str]
    facts: list[dict[str, Any]]
    scores: dict[str, Any]
    drops: list[dict[str, Any]]
    rank: int | None
    verification: str
    filtered: bool

    @property
    def fate(self) -> str:
        """What became of the pair."""
        if self.drops:
            drop = self.drops[0]
            lost = f", lost to {drop['lost_to']}" if drop["lost_to"] else ""
            detail = f" ({drop['detail']})" if drop["detail"] else ""
            return f"dropped in {drop['stage']}: {drop['reason']}{detail}{lost}"
        if self.rank is not None:
            return f"kept, rank {self.rank:,}"
        return "not yet filtered" if not self.filtered else "generated after the last filter"

    def to_json(self) -> dict[str, Any]:
        """The story as plain values."""
        return {
            "pair_id": self.pair.pair_id,
            "fate": self.fate,
            **{key: value for key, value in asdict(self).items() if key not in ("pair", "filtered")},
            "pair": self.pair.model_dump(mode="json"),
        }


def tell(run: RunFolder, beginning: str) -> Story:
    """The story of the one pair whose id begins so; ids as exports write them are understood too.

    Raises:
        InvalidPair: No pair's id begins so, or more than one does.
        MissingStage: There are no pairs yet.
    """
    generated = run.require("generate")
    table = generated.table("pairs")
    beginning = bare_id(beginning)
    found = table.filter(pc.starts_with(table["pair_id"], beginning))
    if len(found) != 1 or not beginning:
        if not len(found) or not beginning:
            fix = "Ids stand in the run's exports and in its pairs.parquet."
            raise InvalidPair(f"no pair {beginning!r}", where=str(generated.path), fix=fix)
        some = ", ".join(found["pair_id"].to_pylist()[:3])
        more = ", …" if len(found) > 3 else ""
        what = f"{len(found):,} pairs begin with {beginning!r}: {some}{more}"
        raise InvalidPair(what, where=str(generated.path), fix="Give more of the id.")
    pair = next(pairs_of(found))
    filtered = run.current("filter")
    ledger = read_ledger(run)
    kept = next(iter(_rows(filtered, "kept", "pair_id", pair.pair_id)), None)
    return Story(
        pair=pair,
        images=[row for ref in pair.images for row in _rows(run.current("ingest"), "images", "image", ref)],
        captions=[row["text"] for ref in pair.images for row in _rows(run.current("ingest"), "captions", "image", ref)],
        facts=[row for one in pair.provenance.facts for row in _rows(run.current("facts"), "facts", "fact_id", one)],
        scores=_scores(filtered, pair.pair_id),
        drops=ledger.filter(pc.equal(ledger["pair_id"], pair.pair_id)).to_pylist(),
        rank=kept["rank"] if kept else None,
        verification=(kept and kept["verification"]) or pair.verification,
        filtered=filtered is not None,
    )


def bare_id(written: str) -> str:
    """A pair's id without what exports write around it: the category before it, the half after it."""
    return written.rpartition("/")[2].partition("-")[0]


def _rows(stage: Stage | None, name: str, column: str, value: str) -> list[dict[str, Any]]:
    if stage is None or f"{name}.parquet" not in stage.manifest.files:
        return []
    table = stage.table(name)
    found: list[dict[str, Any]] = table.filter(pc.equal(table[column], value)).to_pylist()
    return found


def _scores(filtered: Stage | None, pair_id: str) -> dict[str, Any]:
    if filtered is None:
        return {}
    path = filtered.file("scores")
    try:
        rows = pq.read_table(path, filters=[("pair_id", "=", pair_id)]).to_pylist()
    except (OSError, pa.ArrowException) as error:
        fix = f"Delete {filtered.path.name} in {filtered.path.parent} and run filter again."
        raise BadRunFolder(f"cannot be read as Parquet ({error})", where=str(path), fix=fix) from error
    return {key: value for row in rows for key, value in row.items() if key != "pair_id"}


def show_story(story: Story) -> None:
    """The story on a terminal."""
    pair = story.pair
    out().print(Text(f"{pair.pair_id}  {pair.kind}  {pair.category}", style="bold"))
    say(story.fate)
    say()
    for title, half in (("Positive", pair.positive), ("Negative (leading)", pair.negative)):
        out().print(Text(f"{title}: {plain(half.text, limit=2_000)}", style="bold"))
        if half.open:
            out().print(Text(f" * {plain(half.right, limit=2_000)}", style="green"))
            continue
        for place, text in enumerate(half.shown):
            right = LETTERS[place] == half.letter
            mark = "*" if right else " "
            out().print(Text(f" {mark}{LETTERS[place]}. {plain(text, limit=2_000)}", style="green" if right else ""))
    say()
    made = pair.provenance
    rows = [
        *((name, text) for name, text in (("fact", pair.fact), ("premise", pair.premise)) if text),
        *(("image", _image(row)) for row in story.images),
        *(("file", row["path"] or "not at hand") for row in story.images),
        *(("license", row["license"] or "not given") for row in story.images),
        *(("caption", text) for text in story.captions),
        *(("evidence", _evidence(row)) for row in story.facts),
        ("made by", made.generator + (f", {made.model}" if made.model else ", no model")),
        ("verification", story.verification),
        *(("score", f"{name} = {value}") for name, value in story.scores.items() if _is_telling(name, value)),
    ]
    show_table("", ("", ""), rows)


def _image(row: dict[str, Any]) -> str:
    size = f"  {row['width']}×{row['height']}" if row["width"] else ""
    return f"{row['name']}{size}  {row['split']}"


def _is_telling(name: str, value: object) -> bool:
    return value not in (None, False, [None]) and not name.startswith("duplicates.")


def _evidence(row: dict[str, Any]) -> str:
    about = f" {row['other']}" if row["other"] else ""
    why = f": {row['evidence']}" if row["evidence"] else ""
    return f"{row['slot']}: {row['subject']} {row['value']}{about}, from {row['source']}{why}"
