"""People's part in a pair's story: who was asked, what they said, what it comes to."""

import os
from dataclasses import dataclass
from typing import Any

from annotation.assigning import read_assignments
from annotation.at_hand import AtHand, at_hand
from annotation.gold import GoldPair
from annotation.places import ASSIGNMENTS, GOLD, VERDICTS
from annotation.settings import annotate_settings
from annotation.verdict import Verdict
from annotation.verifying import Settled, settle
from annotation.votes import label_of
from app.annotate.checking import correction_check
from app.console import say, show_table
from schemas.pair import LETTERS, Pair
from schemas.run import RunFolder
from schemas.text import plain
from schemas.verified import REJECTIONS

_PLACES = ("verified", "rejected", "disputed", "pending")
_SAID = {
    "broken": "broken on purpose, to measure annotators: it is nobody's data",
    "verified": "verified by people",
    "sampled": "nobody looked at it; a sample of its category was judged",
    "rejected": "rejected by people",
    "disputed": "disputed: what was said does not settle it, and the owner has not judged it yet",
    "pending": "pending",
    "not asked": "nobody was asked about it",
}
_MOST_TEXT = 300  # characters of what somebody wrote


@dataclass(frozen=True)
class Judging:
    """What people have said in a run, and what it comes to now."""

    hand: AtHand
    settled: Settled

    def pairs(self) -> dict[str, Pair]:
        """Pairs that stand in no ``generate/``: corrections, and those that were broken on purpose."""
        broken = {one.pair_id: one.pair for one in self.hand.gold if one.origin == "broken"}
        return {**self.hand.corrections, **self.settled.corrections.pairs, **broken}


@dataclass(frozen=True)
class PeopleStory:
    """People's part in the story of one pair.

    Attributes:
        state: One of verified, sampled, rejected, disputed, pending, broken, not asked.
        committed: Whether ``verify/`` says so, or would only once ``annotate verified`` has run again.
        asked: How many were asked.
        judged: How many of them have judged it.
        confidence: That it is right, in [0, 1]; None where it is not verified.
        votes: That its verification rests on.
        by: Who verified it: consensus, owner or sample.
        gold: What is known of it beforehand; None where it is not gold.
        written_by: Whose fixes made it.
        corrected_into: What fixes have made of it.
        verdicts: What was said, by the time it was said.
    """

    state: str
    committed: bool
    asked: int
    judged: int
    confidence: float | None
    votes: int | None
    by: str | None
    gold: str | None
    written_by: list[str]
    corrected_into: list[str]
    verdicts: list[dict[str, Any]]

    @property
    def told(self) -> str:
        """The state in words."""
        words = _SAID[self.state]
        if self.state == "verified" and self.by == "owner":
            words = "verified by somebody trusted"
        elif self.state == "verified" and self.confidence is not None:
            words += f", confidence {self.confidence:.2f} from {_many(self.votes or 0, 'vote')}"
        if self.state == "pending":
            words += f": {self.judged} of {self.asked} who were asked have judged it"
            if self.judged >= self.asked:
                words = "pending: it waits for the pair that it was made of"
        return words if self.committed else f"{words}; `annotate verified` will say so once it has run again"


def judging(run: RunFolder) -> Judging | None:
    """What people have said in a run; None where there is nothing of people in it."""
    there = any(os.path.lexists(run.path / place) for place in (VERDICTS, ASSIGNMENTS, GOLD))
    if not there or run.current("filter") is None:
        return None
    hand = at_hand(run, some_kept=False)
    return Judging(hand, settle(hand, annotate_settings(run), correction_check(hand)))


def people_story(run: RunFolder, found: Judging, pair: Pair) -> PeopleStory | None:
    """People's part in the story of a pair; None where they have none."""
    pair_id, settled = pair.pair_id, found.settled
    asked = {one.annotator for one in read_assignments(run) if one.pair_id == pair_id and one.mode != "adjudicate"}
    verdicts = sorted((one for one in settled.verdicts if one.pair_id == pair_id), key=lambda one: one.updated)
    gold = next((one for one in found.hand.gold if one.pair_id == pair_id), None)
    state = next((place for place in _PLACES if pair_id in getattr(settled, place)), "pending" if asked else "")
    told, row = _committed(run, pair_id)
    broken = gold is not None and gold.origin == "broken"
    if broken:
        state = told = "broken"
    elif not state:
        state = "sampled" if told == "sampled" else "not asked"
    sources = settled.corrections.sources
    if state == "not asked" and not gold and not pair.corrected_from:
        return None
    return PeopleStory(
        state=state,
        committed=state == told or (state not in ("verified", "rejected") and told is None),
        asked=len(asked),
        judged=len({one.annotator for one in verdicts if one.mode != "adjudicate"} & asked),
        confidence=row.get("confidence"),
        votes=row.get("votes"),
        by=row.get("by"),
        gold=_gold(gold) if gold else None,
        written_by=sorted(set(settled.corrections.authors.get(pair_id, []))),
        corrected_into=[new for new, made_of in sources.items() if pair_id in made_of],
        verdicts=[_verdict(one, pair) for one in verdicts],
    )


def _committed(run: RunFolder, pair_id: str) -> tuple[str | None, dict[str, Any]]:
    """What ``verify/`` says of a pair: its state, and its row where it is verified or sampled."""
    verified = run.current("verify")
    if verified is None:
        return None, {}
    for row in verified.table("verified").to_pylist():
        if row["pair_id"] == pair_id:
            return ("sampled" if row["verification"] == "sampled" else "verified"), row
    drops = verified.table("drops", ["pair_id", "reason"]).to_pylist()
    dropped = any(drop["pair_id"] == pair_id and drop["reason"] in REJECTIONS for drop in drops)
    return ("rejected" if dropped else None), {}


def _gold(gold: GoldPair) -> str:
    if gold.origin == "broken":
        return f"broken from {gold.base}: {str(gold.fault).replace('-', ' ')}"
    return f"solved by the owner, {'as the key has it' if gold.label == 'valid' else 'otherwise than the key has it'}"


def _verdict(one: Verdict, pair: Pair) -> dict[str, Any]:
    said = one.model_dump(
        mode="json", include={"annotator", "mode", "judgement", "faults", "fix", "comment", "updated", "seconds"}
    )
    said["changes"] = _changes(one)
    if one.mode == "blind":
        said |= {"positive": one.positive, "negative": one.negative, "right": label_of(one, pair) == "valid"}
    return said


def show_people(found: PeopleStory) -> None:
    """People's part on a terminal, in 80 columns."""
    say()
    show_table("People", ("", ""), [
        ("state", found.told),
        *([("gold", found.gold)] if found.gold else []),
        *(("written by", author) for author in found.written_by),
        *(("corrected into", new) for new in found.corrected_into),
    ])  # fmt: skip
    if found.verdicts:
        rows = [row for one in found.verdicts for row in _verdict_rows(one)]
        say()
        show_table("Verdicts", ("", ""), rows)


def _verdict_rows(one: dict[str, Any]) -> list[tuple[str, str]]:
    """When, then who, how and what; below it the fix and the comment."""
    if one["mode"] == "blind":
        said = f"{one['positive']} and {one['negative']}, {'as the key' if one['right'] else 'not the key'}"
    else:
        said = ", ".join([str(one["judgement"]), *(fault.replace("-", " ") for fault in one["faults"])])
    lines = [f"{one['annotator']}, {one['mode']}: {said}", *one["changes"]]
    lines += [f"“{plain(one['comment'], limit=_MOST_TEXT - 2)}”"] if one["comment"] else []
    moment = plain(one["updated"][:16].replace("T", " "))
    return [(moment if place == 0 else "", plain(line, limit=_MOST_TEXT)) for place, line in enumerate(lines)]


def _changes(one: Verdict) -> list[str]:
    """What a fix would have otherwise, a line each."""
    if one.fix is None:
        return []
    lines = [f"category: {one.fix.category}"] if one.fix.category else []
    for name in ("positive", "negative"):
        half, shown = getattr(one.fix, name), getattr(one.shown, name)
        lines += [f"{name} question: {half.question}"] if half.question else []
        options = zip(LETTERS, half.options or (), shown.options, strict=False)
        lines += [f"{name} {letter}: {text}" for letter, text, before in options if text != before]
        lines += [f"{name} key: {half.letter}"] if half.letter else []
    return lines


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
