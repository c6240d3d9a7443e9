"""Conversations of MMR-data's shape to pairs; what makes none is named."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from schemas.mmr.aligning import Match, align
from schemas.mmr.conversations import Conversation, Exchange
from schemas.mmr.pairs import PairsRead, RowFault, first_fault
from schemas.mmr.polarity import Known, Two, tell_apart
from schemas.pair import Option, Pair, Provenance, Question

ORPHAN, UNKNOWN, SEVERAL = "orphan-half", "polarity-unknown", "several-conversations"
NO_IMAGE, NO_EXCHANGE = "no-image", "no-exchange"


def conversations_to_pairs(
    conversations: Sequence[Conversation], *, category: str, refs: Mapping[str, str], source: str
) -> PairsRead:
    """Pair the exchanges of each image's positive and negative conversation; never raises for what they hold.

    The pairs are of the kind ``false-premise``, as MMR-data's negatives all are, and their questions open. A half
    without its other is a fault with the reason ``orphan-half``, or a named cause, one a half.

    Args:
        conversations: As read, in the order of the file.
        category: Of all these pairs: the samples name none.
        refs: From an image's name to its reference; samples of other images are passed over.
        source: The file, for the provenance.
    """
    faults = [_whole(one, NO_IMAGE, "a sample without an image") for one in conversations if one.image is None]
    usable = [one for one in conversations if one.image in refs]
    faults += [_whole(one, NO_EXCHANGE, "a conversation without a turn") for one in usable if not one.exchanges]
    twos: list[Two] = []
    for group in _groups(usable):
        if len(group) == 2 and (group[0].marked is None or group[0].marked != group[1].marked):
            twos.append(Two(*group))
        elif len(group) <= 2:
            what = "no conversation of the other polarity"
            faults += [fault for one in group for fault in _halves(one, ORPHAN, what)]
        else:
            what = f"{len(group)} conversations have this id and image"
            faults += [fault for one in group for fault in _halves(one, SEVERAL, what)]
    pairs: list[Pair] = []
    for two, known in zip(twos, tell_apart(twos), strict=True):
        if known is None:
            what = "nothing tells which of the two conversations leads"
            faults += [fault for one in (two.first, two.second) for fault in _halves(one, UNKNOWN, what)]
            continue
        matches = align(known.positive.exchanges, known.negative.exchanges)
        faults += _unmatched(known, matches)
        for match in matches:
            try:
                pairs.append(_pair(known, match, category, refs, source))
            except ValidationError as error:
                faults.append(RowFault(known.positive.row, known.positive.id, first_fault(error)))
    return PairsRead(tuple(pairs), tuple(sorted(faults, key=lambda fault: fault.row)))


def _groups(conversations: Sequence[Conversation]) -> Iterator[list[Conversation]]:
    """The conversations of an image that belong together: by id, or by the image where it has just two."""
    by_image: dict[str | None, dict[str, list[Conversation]]] = {}
    for one in conversations:
        by_image.setdefault(one.image, {}).setdefault(one.stem, []).append(one)
    for by_stem in by_image.values():
        groups = list(by_stem.values())
        if [len(group) for group in groups] == [1, 1]:
            groups = [[groups[0][0], groups[1][0]]]
        yield from groups


def _unmatched(known: Known, matches: Sequence[Match]) -> Iterator[RowFault]:
    matched = {match.positive for match in matches}, {match.negative for match in matches}
    for one, taken in zip((known.positive, known.negative), matched, strict=True):
        other = known.negative if one is known.positive else known.positive
        for at, exchange in enumerate(one.exchanges):
            if at not in taken:
                what = f"turn {exchange.turn} has no clear other half in row {other.row}"
                yield RowFault(one.row, one.id, what, ORPHAN)


def _halves(one: Conversation, reason: str, what: str) -> Iterator[RowFault]:
    for exchange in one.exchanges:
        yield RowFault(one.row, one.id, f"turn {exchange.turn}: {what}", reason)


def _whole(one: Conversation, reason: str, what: str) -> RowFault:
    return RowFault(one.row, one.id, what, reason)


def _pair(known: Known, match: Match, category: str, refs: Mapping[str, str], source: str) -> Pair:
    positive = known.positive.exchanges[match.positive]
    negative = known.negative.exchanges[match.negative]
    return Pair(
        kind="false-premise",
        category=category,
        positive=_question(positive, refs[known.positive.image or ""]),
        negative=_question(negative, refs[known.negative.image or ""]),
        provenance=Provenance(
            generator="import",
            source=f"{source}:{known.positive.row} turn {positive.turn}, {known.negative.row} turn {negative.turn}",
            source_id=known.positive.id or None,
        ),
    )


def _question(exchange: Exchange, image: str) -> Question:
    """MMR-data keeps, of the four options it was made with, the right answer with the right reason."""
    answer = Option(text=exchange.answer, role="answer right, reason right")
    return Question(text=exchange.question, image=image, options=(answer,), answer=0, order=(0,))
