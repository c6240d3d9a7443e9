"""How each slot is put into words: its question, and a value of it as a clause."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from datagen.generators.rules.clause import Clause, be
from datagen.generators.rules.english import article_for, is_mass, is_pair, plural_of
from datagen.generators.rules.leading import FORMS, UNREASONED, LeadingForm
from schemas.fact import Fact, Slot

_NUMBERS = tuple(
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Wording:
    """A slot in words: its category, its plain question, a value as a clause, and the leading forms it takes."""

    category: str
    question: Callable[[Fact], str]
    clause: Callable[[Fact, str], Clause]
    forms: tuple[LeadingForm, ...] = FORMS


_BARE_NAMES = ("Big Ben",)
_SPOKEN = {"tv": "TV"}


def with_article(noun: str) -> str:
    """A noun phrase with the article it takes, if any: ``a dog``, ``an oven``, ``broccoli``."""
    return f"{article_for(noun)} {noun}".strip()


def _about(fact: Fact, value: str) -> Clause:
    return Clause(f"the {fact.subject}", be(plural=fact.plural), value)


def _present(fact: Fact, value: str) -> Clause:
    noun = _SPOKEN.get(value, value)
    if is_pair(noun) or (fact.plural and not is_mass(noun)):
        return Clause("there", "are", f"{plural_of(noun)} in the picture")
    return Clause("there", "is", f"{with_article(noun)} in the picture")


def _counted(fact: Fact, value: str) -> Clause:
    number = int(value)
    if number == 0:
        return Clause("there", "are", f"no {plural_of(fact.subject)} in the picture")
    noun = fact.subject if number == 1 else plural_of(fact.subject)
    return Clause("there", be(plural=number != 1), f"{_NUMBERS[number]} {noun} in the picture")


def _shaped(fact: Fact, value: str) -> Clause:
    return Clause(f"the {fact.subject}", be(plural=fact.plural), with_article(value))


def _placed(fact: Fact, value: str) -> Clause:
    if fact.other is None:
        return _about(fact, f"in the {value} of the picture")
    return _related(fact, {"left of": "to the left of", "right of": "to the right of"}.get(value, value))


def _related(fact: Fact, value: str) -> Clause:
    return _about(fact, f"{value} the {fact.other}")


def _written(fact: Fact, value: str) -> Clause:
    return Clause(f"the {fact.subject}", "says", f'"{value}"')


def _means(fact: Fact, value: str) -> Clause:
    return Clause(f"the {fact.subject}", "stands for", f'"{value}"')


def _looks(fact: Fact, value: str) -> Clause:
    return Clause(f"the {fact.subject}", "looks", value)


def _named(fact: Fact, value: str) -> Clause:
    return Clause(f"the {fact.subject}", be(plural=fact.plural), value if value in _BARE_NAMES else f"the {value}")


def _taken(fact: Fact, value: str) -> Clause:
    return Clause("the picture", "was", f"taken {value}")


def _shown(fact: Fact, value: str) -> Clause:
    return Clause("the picture", "shows", value)


def _is_a(fact: Fact, value: str) -> Clause:
    if fact.plural:
        named = [with_article(one) for one in value.split(" and ")]
        return Clause(f"the {plural_of(fact.subject)}", "are", " and ".join(named) if named[1:] else plural_of(value))
    return Clause(f"the {fact.subject}", "is", with_article(value))


def _asks(singular: str, plural: str) -> Callable[[Fact], str]:
    return lambda fact: (plural if fact.plural else singular).format(subject=fact.subject, other=fact.other)


def _ask_place(fact: Fact) -> str:
    verb = be(plural=fact.plural)
    if fact.other is None:
        return f"Where in the picture {verb} the {fact.subject}?"
    return f"Where {verb} the {fact.subject} in relation to the {fact.other}?"


def _same(singular: str) -> Callable[[Fact], str]:
    return _asks(singular, singular)


WORDINGS: Mapping[Slot, Wording] = {
    "presence": Wording("attribute/existence", _same("What is there in the picture?"), _present),
    "color": Wording(
        "attribute/color&texture",
        _asks("What color is the {subject}?", "What color are the {subject}?"),
        _about,
    ),
    "texture": Wording(
        "attribute/color&texture",
        _asks("What does the {subject} look like?", "What do the {subject} look like?"),
        _about,
    ),
    "count": Wording(
        "attribute/number",
        lambda fact: f"How many {plural_of(fact.subject)} are there in the picture?",
        _counted,
    ),
    "shape": Wording(
        "attribute/shape", _asks("What shape is the {subject}?", "What shape are the {subject}?"), _shaped
    ),
    "position": Wording("attribute/position", _ask_place, _placed),
    "posture": Wording(
        "attribute/posture",
        _asks("What posture is the {subject} in?", "What posture are the {subject} in?"),
        _about,
    ),
    "text": Wording("character/character", _same("What does the {subject} say?"), _written),
    "activity": Wording(
        "context/activity", _asks("What is the {subject} doing?", "What are the {subject} doing?"), _about
    ),
    "relation": Wording("context/relation", _asks("Where is the {subject}?", "Where are the {subject}?"), _related),
    "emotion": Wording("context/abstract", _same("How does the {subject} look?"), _looks),
    "event": Wording("context/concrete", _same("What is going on in the picture?"), _present),
    "identity": Wording("context/concrete", _same("Which {subject} is in the picture?"), _named),
    "meaning": Wording("context/expert", _same("What does the {subject} stand for?"), _means),
}

_WHICH = Wording(
    "context/concrete",
    lambda fact: (
        f"Which {plural_of(fact.subject) if fact.plural else fact.subject} {be(plural=fact.plural)} in the picture?"
    ),
    _is_a,
    UNREASONED,
)
_TOLD: Mapping[str, Wording] = {
    "place": Wording("context/concrete", _same("Where was the picture taken?"), _taken),
    "sport": Wording("context/concrete", _same("Which sport does the picture show?"), _shown, UNREASONED),
    "food": Wording("context/concrete", _same("Which food is in the picture?"), _about, UNREASONED),
    "animal": _WHICH,
    "vehicle": _WHICH,
}


def wording_of(fact: Fact) -> Wording:
    """How a fact's value is put into words: by its slot, and of what captions name by its kind too."""
    told = _TOLD.get(fact.subject) if fact.slot == "identity" and fact.source == "caption" else None
    return told or WORDINGS[fact.slot]
