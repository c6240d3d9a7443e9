"""Other questions about facts that captions tell: who does it, where else it could be, what else could be there."""

from collections.abc import Iterator, Mapping, Sequence

from datagen.generators.rules.captions import CaptionReading
from datagen.generators.rules.clause import Clause, be
from datagen.generators.rules.contrast import Contrast, Turn
from datagen.generators.rules.data_files import load
from datagen.generators.rules.pairs import ALTERNATIVES
from datagen.generators.rules.spots import elsewhere, there
from datagen.generators.rules.wordings import Wording, with_article
from schemas.fact import Fact

FEWEST_CAPTIONS = 3  # to tell from silence that something is not there
_RELATION = "context/relation"


def turns(facts: Sequence[Fact], reading: CaptionReading, *, captions: int) -> list[Contrast]:
    """Turned contrasts of the facts that captions tell.

    Args:
        facts: Of one image.
        reading: Its captions, read.
        captions: How many they are.
    """
    told = [fact for fact in facts if fact.source == "caption"]
    taken = reading.named | reading.words
    found = [*_who(told, reading, taken), *_ridden(told, taken)]
    asked: set[str] = set()
    for fact in told if captions >= FEWEST_CAPTIONS else ():
        if fact.slot == "relation" and fact.other:
            found += elsewhere(fact, reading, taken)
            found += there(fact, taken) if fact.other not in asked else ()
            asked.add(fact.other)
    return [contrast for contrast in found if len(contrast.alternatives) >= ALTERNATIVES]


def _who(facts: Sequence[Fact], reading: CaptionReading, taken: frozenset[str]) -> Iterator[Contrast]:
    """Who does it, where captions speak of one man, woman, boy or girl: asked of one fact."""
    others = tuple(word for word in load("turns")["who"].get(reading.who, ()) if word not in taken)
    for slot in ("activity", "relation"):
        for fact in facts:
            if fact.slot == slot and fact.subject == reading.who:
                yield Contrast(fact, others, turn=Turn("who", reading.who, _WHO[slot]))
                return


def _done(fact: Fact) -> str:
    return fact.value if fact.slot == "activity" else f"{fact.value} the {fact.other}"


_WHO = {
    slot: Wording(
        category,
        lambda fact: f"Who is {_done(fact)}?",
        lambda fact, who: Clause(with_article(who), "is", _done(fact)),
    )
    for slot, category in (("activity", "context/activity"), ("relation", _RELATION))
}


def _ridden(facts: Sequence[Fact], taken: frozenset[str]) -> Iterator[Contrast]:
    """What somebody rides, unless captions also say on what they are."""
    mounts: Mapping[str, Sequence[str]] = load("turns")["ridden"]
    for fact in facts:
        verb, _, mount = fact.value.partition(" ")
        if fact.slot != "activity" or verb != "riding" or mount not in mounts:
            continue
        if any(other.slot == "relation" and other.value == "on" for other in facts):
            return
        wording = Wording(
            _RELATION,
            lambda fact: f"What {be(plural=fact.plural)} the {fact.subject} riding?",
            lambda fact, what: Clause(f"the {fact.subject}", be(plural=fact.plural), f"riding {what}"),
        )
        like = {mount, *mounts[mount]}
        others = tuple(
            one
            for one in mounts
            if one not in like and one.rpartition(" ")[2] not in taken and (" " in one) == (" " in mount)
        )
        yield Contrast(fact, others, turn=Turn("ridden", mount, wording))
