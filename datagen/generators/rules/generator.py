"""The rules generator: evidence of one image to facts, facts to contrasts, contrasts to pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from datagen.generators.evidence import Evidence, Made
from datagen.generators.rules.absent import presences
from datagen.generators.rules.boxes import facts_from_boxes
from datagen.generators.rules.captions import (
    CaptionReading,
    absent_safe,
    agrees_with_boxes,
    being_of,
    contrast_sets,
    far_away,
    read_captions,
)
from datagen.generators.rules.contrast import Contrast
from datagen.generators.rules.pairs import ALTERNATIVES, pair_of
from datagen.generators.rules.turns import turns
from datagen.generators.rules.values import alternatives_of
from datagen.generators.rules.wordings import WORDINGS, wording_of
from schemas.config import GenerateSettings
from schemas.fact import Fact
from schemas.identity import seeded

MOST_CAPTIONS = 0.6  # of an image's captions
MANY = 10  # boxes that a crowd box counts as
MOST_OF_ONE_CATEGORY = 0.7  # of an image's pairs

# The surer source wins where two state the same thing.
_TRUST = ("scene", "boxes", "caption", "model")


@dataclass(frozen=True)
class Rules:
    """Makes pairs without a model; see the room's docstring."""

    name: str = "rules"

    def __call__(self, evidence: Evidence, settings: GenerateSettings, *, seed: int) -> Made:
        """Pairs of one image: those its facts support, spread over the categories, at most ``per_image``."""
        drawn = [fact for fact in evidence.facts if fact.source == "scene"]
        # A drawn scene's facts are complete; its captions add nothing.
        reading = read_captions(evidence.image, () if drawn else evidence.captions)
        found = [] if drawn else _facts(evidence, reading)
        given = [fact for fact in evidence.facts if fact.source == "scene"]  # a model's are not sure enough
        facts = _without_conflicts([*given, *found])
        refused = Counter({("", reason): times for reason, times in reading.refused.items()})
        contrasts = self._contrasts(facts, evidence, reading.named | reading.words, refused, seed)
        contrasts += turns(facts, reading, captions=len(evidence.captions))
        chosen = _spread(contrasts, settings.per_image, seed)
        pairs = [pair_of(contrast, settings, seed=seed, generator=self.name) for contrast in chosen]
        used = {contrast.fact.fact_id for contrast in chosen}
        kept = tuple(fact for fact in found if fact.fact_id in used)
        return Made(tuple(pairs), kept, dict(refused))

    def _contrasts(
        self,
        facts: Sequence[Fact],
        evidence: Evidence,
        named: frozenset[str],
        refused: Counter[tuple[str, str]],
        seed: int,
    ) -> list[Contrast]:
        boxes = frozenset(box.label for box in evidence.boxes)
        contrasts = []
        for fact in facts:
            if fact.slot not in WORDINGS or fact.slot == "presence":
                continue
            others = alternatives_of(fact, named=named, boxes=boxes, seed=seed)
            if len(others) < ALTERNATIVES:
                refused[wording_of(fact).category, "too few false alternatives"] += 1
            else:
                contrasts.append(Contrast(fact, others))
        return contrasts + presences(facts, seed)


def _facts(evidence: Evidence, reading: CaptionReading) -> list[Fact]:
    """What boxes and captions say of an image, each held against the other."""
    told = [fact for fact in reading.facts if not _is_hearsay(fact)]
    if not evidence.boxed:
        return [*told, *_absences(evidence, reading)]
    counts: Counter[str] = Counter()
    for box in evidence.boxes:
        counts[box.label] += MANY if box.crowd else 1
    agreed = [fact for fact in told if agrees_with_boxes(fact, counts) and not _is_boxed_by_kind(fact)]
    return [*facts_from_boxes(evidence, reading), *agreed, *_absences(evidence, reading)]


def _is_hearsay(fact: Fact) -> bool:
    """Whether few captions name a thing that is no COCO class: others may call it by another name."""
    known = contrast_sets().things
    return fact.slot == "presence" and fact.subject not in known and (fact.confidence or 0) < MOST_CAPTIONS


def _is_boxed_by_kind(fact: Fact) -> bool:
    """Whether it is the presence of people: their boxes tell it, and more exactly."""
    return fact.slot == "presence" and being_of(fact.subject) == "person"


def _absences(evidence: Evidence, reading: CaptionReading) -> Iterator[Fact]:
    """What is surely not there: no caption names it and, where there are boxes, none holds it."""
    if evidence.boxed:
        safe = absent_safe(reading.named, frozenset(box.label for box in evidence.boxes))
    else:
        safe = absent_safe(reading.named | reading.implied, None) + far_away(reading)
    for label in safe if evidence.captions or evidence.boxed else ():
        yield Fact(
            image=evidence.image,
            slot="presence",
            subject=label,
            value="absent",
            source="boxes" if evidence.boxed else "caption",
            evidence="no caption names it" + (", no box holds it" if evidence.boxed else ""),
        )


def _without_conflicts(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each slot, subject and other, from the source trusted most, in a fixed order."""
    best: dict[tuple[str, str, str], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (_TRUST.index(fact.source), fact.fact_id)):
        best.setdefault((fact.slot, fact.subject, fact.other or ""), fact)
    return list(best.values())


def _spread(contrasts: Sequence[Contrast], most: int, seed: int) -> list[Contrast]:
    """At most so many, a category at a time in turn, in a seeded order within each; first what is told outright.

    Two places of the same two things (left of, right of) would be one fact asked twice: one is taken.
    """
    queues: dict[bool, dict[str, list[Contrast]]] = {False: defaultdict(list), True: defaultdict(list)}
    seen: set[frozenset[object]] = set()
    for contrast in sorted(contrasts, key=lambda one: (seeded(seed, "order", one.fact.image, one.key), one.key)):
        fact, part = contrast.fact, contrast.turn.part if contrast.turn else "value"
        about = frozenset((fact.slot, fact.subject, fact.other or "", contrast.variant, part))
        if about not in seen:
            seen.add(about)
            queues[_follows(contrast)][contrast.wording.category].append(contrast)
    chosen: list[Contrast] = []
    taken = Counter[str]()
    for queue in (queues[False], queues[True]):
        while len(chosen) < most and any(queue.values()):
            for category in sorted(queue):
                if taken[category] >= ceil(most * MOST_OF_ONE_CATEGORY):
                    queue[category].clear()
                if queue[category] and len(chosen) < most:
                    chosen.append(queue[category].pop(0))
                    taken[category] += 1
    return chosen


def _follows(contrast: Contrast) -> bool:
    """Whether it is not told outright: another turn of a fact, or what captions together let one conclude."""
    fact = contrast.fact
    concluded = fact.slot in ("identity", "emotion", "shape") or (fact.slot == "count" and fact.value == "1")
    return contrast.turn is not None or (concluded and fact.source == "caption")


RULES = Rules()
