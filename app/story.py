"""A pair's story, gathered from all stages and shown."""

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.text import Text

from app.console import out, say, show_table
from app.people_story import Judging, PeopleStory, judging, people_story, show_people
from schemas.errors import BadRunFolder, InvalidPair
from schemas.ledger import read_ledger
from schemas.pair import LETTERS, Pair
from schemas.run import RunFolder, Stage
from schemas.tables import pairs_of
from schemas.text import plain

_BY_PEOPLE = {"verified": "verified by people", "broken": "broken on purpose, to measure annotators; nobody's data"}
_OPEN = {
    "verified": "; verified by people, once `annotate verified` has run again",
    "disputed": "; what people said does not settle it",
    "pending": "; not judged yet by all who were asked",
    "rejected": "; rejected by people",
    "sampled": "; a sample of its category was judged",
}


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
    people: PeopleStory | None = None

    @property
    def fate(self) -> str:
        """What became of the pair; people have the last word."""
        state = self.people.state if self.people else ""
        if self.people and self.people.committed and state in _BY_PEOPLE:
            kept = f"kept, rank {self.rank:,}; " if self.rank is not None else self._made
            later = next((f"; a later filter would drop it: {drop['reason']}" for drop in self.drops), "")
            return f"{kept}{_BY_PEOPLE[state]}{later}"
        if self.drops:
            drop = self.drops[-1]
            lost = f", lost to {drop['lost_to']}" if drop["lost_to"] else ""
            detail = f" ({drop['detail']})" if drop["detail"] else ""
            return f"dropped in {drop['stage']}: {drop['reason']}{detail}{lost}"
        if self.rank is not None:
            return f"kept, rank {self.rank:,}{_OPEN.get(state, '')}"
        if self.pair.corrected_from:
            return f"a correction of {self.pair.corrected_from}{_OPEN.get(state, ', which is not made any more')}"
        return "not yet filtered" if not self.filtered else "generated after the last filter"

    @property
    def _made(self) -> str:
        return f"a correction of {self.pair.corrected_from}; " if self.pair.corrected_from else ""

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
    found = judging(run)
    pair = _named(run, bare_id(beginning), found)
    filtered = run.current("filter")
    ledger = read_ledger(run)
    kept = next(iter(_rows(filtered, "kept", "pair_id", pair.pair_id)), None)
    judged = next(iter(_rows(run.current("verify"), "verified", "pair_id", pair.pair_id)), None)
    return Story(
        pair=_lettered(pair, kept) if kept else pair,
        images=[row for ref in pair.images for row in _rows(run.current("ingest"), "images", "image", ref)],
        captions=[row["text"] for ref in pair.images for row in _rows(run.current("ingest"), "captions", "image", ref)],
        facts=[row for one in pair.provenance.facts for row in _rows(run.current("facts"), "facts", "fact_id", one)],
        scores=_scores(filtered, pair.pair_id),
        drops=ledger.filter(pc.equal(ledger["pair_id"], pair.pair_id)).to_pylist(),
        rank=kept["rank"] if kept else None,
        verification=(judged or kept or {}).get("verification") or pair.verification,
        filtered=filtered is not None,
        people=people_story(run, found, pair) if found else None,
    )


def _named(run: RunFolder, beginning: str, people: Judging | None) -> Pair:
    """The one pair whose id begins so: of the run, of people's making, or broken on purpose."""
    generated = run.require("generate")
    table = generated.table("pairs")
    rows = table.filter(pc.starts_with(table["pair_id"], beginning))
    others = {one: pair for one, pair in (people.pairs() if people else {}).items() if one.startswith(beginning)}
    ids = sorted({*rows["pair_id"].to_pylist(), *others})
    if not ids or not beginning:
        fix = "Ids stand in the run's exports and in its pairs.parquet."
        raise InvalidPair(f"no pair {beginning!r}", where=str(generated.path), fix=fix)
    if len(ids) > 1:
        what = f"{len(ids):,} pairs begin with {beginning!r}: {', '.join(ids[:3])}{', …' if len(ids) > 3 else ''}"
        raise InvalidPair(what, where=str(generated.path), fix="Give more of the id.")
    return next(pairs_of(rows)) if len(rows) else others[ids[0]]


def _lettered(pair: Pair, kept: dict[str, Any]) -> Pair:
    """As filters have lettered it, and people were shown it."""
    halves = {
        name: half.model_copy(update={"order": tuple(kept[f"{name}_order"])})
        for name, half in (("positive", pair.positive), ("negative", pair.negative))
        if kept[f"{name}_order"] is not None
    }
    return pair.model_copy(update=halves)


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
        *([("corrected from", pair.corrected_from)] if pair.corrected_from else []),
        ("verification", story.verification),
        *(("score", f"{name} = {value}") for name, value in story.scores.items() if _is_telling(name, value)),
    ]
    show_table("", ("", ""), rows)
    if story.people:
        show_people(story.people)


def _image(row: dict[str, Any]) -> str:
    size = f"  {row['width']}×{row['height']}" if row["width"] else ""
    return f"{row['name']}{size}  {row['split']}"


def _is_telling(name: str, value: object) -> bool:
    return value not in (None, False, "", [None]) and not name.startswith("duplicates.")


def _evidence(row: dict[str, Any]) -> str:
    about = f" {row['other']}" if row["other"] else ""
    why = f": {row['evidence']}" if row["evidence"] else ""
    return f"{row['slot']}: {row['subject']} {row['value']}{about}, from {row['source']}{why}"
