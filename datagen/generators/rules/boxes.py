"""From labelled boxes to facts: presence, counts and places.

Boxes are evidence, not truth: annotators stop counting (crowd boxes), box what is a few pixels wide,
and box a cat's reflection as a cat. A fact is made only where boxes and captions leave no doubt.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

from datagen.generators.evidence import Evidence, SeenBox
from datagen.generators.rules.captions import CaptionReading
from datagen.generators.rules.data_files import load
from schemas.fact import Fact, Slot

TINY_PIXELS = 400.0
CLEAR_SHARE = 0.01  # of the image's area: seen at a glance
COUNT_SHARE = 0.004
SEEN_SHARE = 0.006
MOST_COUNTED = 5
REACH = 0.05  # of the image's side, beyond its middle
WELL_INSIDE = 0.14
OVERLAP = 0.5
TOUCH = 0.03  # boxes of things side by side may reach this far into each other
CLEARLY_APART = 0.15  # their middles


@dataclass(frozen=True)
class Labels:
    """What is known of COCO's labels; see ``data/boxes.toml``."""

    unspoken: frozenset[str]
    countable: frozenset[str]
    background: frozenset[str]
    unplaced: frozenset[str]
    popular: frozenset[str]


@cache
def labels() -> Labels:
    """The table of labels."""
    data = load("boxes")
    return Labels(**{key: frozenset(listed["labels"]) for key, listed in data.items()})


def facts_from_boxes(evidence: Evidence, reading: CaptionReading) -> Iterator[Fact]:
    """The facts that an image's boxes and captions together leave no doubt about."""
    by_label: dict[str, list[SeenBox]] = defaultdict(list)
    for box in evidence.boxes:
        by_label[box.label].append(box)
    singles: dict[str, SeenBox] = {}
    for label, boxes in sorted(by_label.items()):
        if label in labels().unspoken:
            continue
        if _is_clear(label, boxes, reading):
            several = len(boxes) > 1 and not reading.reflections
            yield _fact(evidence, "presence", label, "present", plural=several, told=boxes)
        if _is_counted(label, boxes, reading):
            yield _fact(evidence, "count", label, str(len(boxes)), told=boxes)
        if _is_single(label, boxes, reading):
            singles[label] = boxes[0]
    for label, box in singles.items():
        quadrant = _quadrant(box)
        if quadrant:
            yield _fact(evidence, "position", label, quadrant, told=[box])
    for one, two in permutations(singles, 2):
        relation = _relation(singles[one], singles[two])
        if relation:
            yield _fact(evidence, "position", one, relation, other=two, told=[singles[one], singles[two]])


def _is_clear(label: str, boxes: Sequence[SeenBox], reading: CaptionReading) -> bool:
    """Seen at a glance, or boxed and named."""
    largest = max(box.share for box in boxes)
    if label in labels().unplaced:
        return label in reading.named and largest >= CLEAR_SHARE / 2
    return largest >= CLEAR_SHARE or (label in reading.named and max(box.pixels for box in boxes) > TINY_PIXELS)


def _is_counted(label: str, boxes: Sequence[SeenBox], reading: CaptionReading) -> bool:
    number = len(boxes)
    said = reading.counts.get(label, frozenset())
    agreed = said == {number}
    vague = label in reading.vague and not (agreed and number > 1)  # "four people" says more than "a group"
    if label not in labels().countable or number > MOST_COUNTED or (said and not agreed) or vague:
        return False
    if reading.reflections:
        return False
    if any(box.crowd or box.pixels < TINY_PIXELS or box.share < COUNT_SHARE for box in boxes):
        return False
    if any(_overlap(one, two) > OVERLAP for one, two in combinations(boxes, 2)):
        return False
    if label in labels().background and number == 1:
        return False  # "a bird" is the one spoken of; others may fly far off
    if label in labels().background or number > 3:
        return agreed
    return agreed or all(box.share >= CLEAR_SHARE for box in boxes)


def _is_single(label: str, boxes: Sequence[SeenBox], reading: CaptionReading) -> bool:
    """Whether "the" one is meant and seen by everyone."""
    said = reading.counts.get(label, frozenset())
    if len(boxes) != 1 or label in labels().unplaced or (said and said != {1}) or label in reading.vague:
        return False
    if reading.reflections:
        return False
    if label in labels().background and label not in reading.named:
        return False
    return not boxes[0].crowd and boxes[0].share >= SEEN_SHARE


def _quadrant(box: SeenBox) -> str | None:
    """The quadrant a box lies in, its middle well inside; None where it reaches far into another."""
    across = _side(box.left, box.right, "left", "right")
    down = _side(box.top, box.bottom, "upper", "lower")
    return f"{down} {across}" if across and down else None


def _side(start: float, end: float, first: str, second: str) -> str | None:
    middle = (start + end) / 2
    if end < 0.5 + REACH and middle < 0.5 - WELL_INSIDE:
        return first
    if start > 0.5 - REACH and middle > 0.5 + WELL_INSIDE:
        return second
    return None


def _relation(one: SeenBox, two: SeenBox) -> str | None:
    """On which side one thing clearly lies, seen from another: apart, and side by side at one height.

    Above and below are not read off boxes: what stands further off also stands higher in a photograph.
    """
    apart = max(two.left - one.right, one.left - two.right)
    level = abs((one.top + one.bottom) - (two.top + two.bottom)) / 2
    between = abs((one.left + one.right) - (two.left + two.right)) / 2
    if (
        apart < -TOUCH
        or between < CLEARLY_APART
        or level * 2 > between
        or _shared(one.top, one.bottom, two.top, two.bottom) < OVERLAP
    ):
        return None
    return "left of" if one.left < two.left else "right of"


def _shared(low: float, high: float, other_low: float, other_high: float) -> float:
    """The part of the shorter of two intervals that both cover; negative where they are apart."""
    shorter = max(min(high - low, other_high - other_low), 1e-9)
    return (min(high, other_high) - max(low, other_low)) / shorter


def _overlap(one: SeenBox, two: SeenBox) -> float:
    """The part of the smaller box that the larger covers."""
    width = max(0.0, min(one.right, two.right) - max(one.left, two.left))
    height = max(0.0, min(one.bottom, two.bottom) - max(one.top, two.top))
    return width * height / max(min(one.share, two.share), 1e-12)


def _fact(
    evidence: Evidence,
    slot: Slot,
    label: str,
    value: str,
    *,
    other: str | None = None,
    plural: bool = False,
    told: Sequence[SeenBox] = (),
) -> Fact:
    places = "; ".join(f"{box.label} at {box.left:.2f},{box.top:.2f}" for box in told[:6])
    return Fact(
        image=evidence.image,
        slot=slot,
        subject=label,
        value=value,
        other=other,
        plural=plural,
        source="boxes",
        evidence=places,
    )
