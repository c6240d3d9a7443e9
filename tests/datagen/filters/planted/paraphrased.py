"""The whole pair in other words: a reader would say that it is the same item twice."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.datagen.filters.planted.claims import Claim, sentence
from tests.datagen.filters.planted.material import HALVES, Half, Material, Way
from tests.datagen.filters.planted.nouns import other_names
from tests.datagen.filters.planted.wording import PADDED, asked, inverted, other_values, restated, short

# What a leading question says around its premise, by form; {c} the premise, {C} with a capital, {q} the plain question.
_LEADING = {
    "told": (
        "People tell me that {c}. {q}", "A friend of mine claims that {c}. {q}", "Someone told me that {c}. {q}",
        "I have heard that {c}. {q}", "They say that {c}. {q}", "A neighbor says: {c}. {q}",
        "It is said that {c}. {q}",
    ),
    "why": (
        "What is the reason that {c}?", "How come {c}?", "Why is it that {c}?", "For what reason is it that {c}?",
        "What is the cause that {c}?",
    ),
    "tell": (
        "What shows that {c}?", "By what can one tell that {c}?", "What makes it clear that {c}?",
        "How does one see that {c}?", "How can one know that {c}?",
    ),
    "yes-no": (
        "{C}, isn't that so?", "{C}, correct?", "Am I right that {c}?", "Is it not true that {c}?",
        "Is it the case that {c}?", "Isn't it so that {c}?", "{C}, is that right?",
    ),
}  # fmt: skip
_DENIED = {
    "told": ("", "In truth, ", "Actually, "),
    "why": ("That's wrong: ", "Not true: ", "No, that is not the case: ", "Incorrect: ", "It is not like that: "),
    "tell": ("That's wrong: ", "Not true: ", "No, that is not the case: ", "Incorrect: ", "It is not like that: "),
    "yes-no": ("No: ", "No, that's wrong: ", "Not at all: ", "That is false: ", "No, not so: "),
}
_AGREED = {
    "told": ("", "In truth, ", "Actually, "),
    "why": ("It simply is that way: ", "That is the way it is: ", "There is no more to it: "),
    "tell": ("One can see it: ", "It is plain to see: ", "The picture shows it: "),
    "yes-no": ("Yes: ", "Yes, that's right: ", "That is right: ", "Correct: "),
}


@dataclass(frozen=True)
class _Manner:
    """Which parts of a pair are said otherwise, the same in all its options."""

    words: Literal["kept", "restated", "short", "padded", "turned"] = "kept"
    """What becomes of a claim."""
    named_otherwise: bool = False
    other_values: bool = False
    questions: bool = True
    leads: bool = True


def _in_the_manner(manner: _Manner) -> Way:
    def plant(material: Material) -> None:
        reword = _rewording(material, manner)
        leading = material.rng.choice(_LEADING[material.read.form])
        ask = material.rng.randrange(2)
        denied, agreed = (material.rng.choice(leads[material.read.form]) for leads in (_DENIED, _AGREED))
        for half in HALVES:
            for index, answer in enumerate(material.read.answers(half)):
                lead = (agreed if answer.agrees else denied) if manner.leads and half == "negative" else answer.lead
                material.write(half, index, sentence(reword(answer.claim), lead))
            _reorder(material, half)
        if manner.questions:
            _ask(material, manner, leading, ask)
        elif manner.named_otherwise:
            for half in HALVES:
                material.ask(half, other_names(material.row[half]["text"]))
        _restate_fields(material, manner)
        material.row["provenance"]["facts"] = []  # whoever wrote it in other words did not copy the fact's id

    return plant


def _rewording(material: Material, manner: _Manner) -> Callable[[Claim], str]:
    """Says every claim of a pair in one and the same other way."""
    which = material.rng.randrange(64)
    pad = material.rng.choice(PADDED)

    def said(claim: Claim) -> str:
        clause, others = claim.clause, restated(claim)
        if manner.other_values and (found := other_values(claim)):
            clause = found[which % len(found)]
        elif manner.words == "restated":
            clause = others[which % len(others)]
        elif manner.words == "turned":
            clause = (inverted(claim) or others[which % len(others) :])[0]
        elif manner.words == "short":
            clause = short(claim)
        elif manner.words == "padded":
            clause = pad.format(clause)
        return other_names(clause) if manner.named_otherwise else clause

    return said


def _ask(material: Material, manner: _Manner, leading: str, which: int) -> None:
    questions = asked(_asked_about(material))
    plain = questions[which % len(questions)]
    premise = material.read.premise.clause
    if manner.named_otherwise:
        plain, premise = other_names(plain), other_names(premise)
    material.ask("positive", plain)
    material.ask("negative", leading.format(c=premise, C=premise[0].upper() + premise[1:], q=plain))


def _asked_about(material: Material) -> Claim:
    """The claim that the question asks for: its things in the plural where they are counted."""
    fact = material.read.fact
    counted = re.match(r"How many (.+) are there", material.row["positive"]["text"])
    return fact._replace(subject=counted[1]) if counted else fact


def _restate_fields(material: Material, manner: _Manner) -> None:
    if material.chance(0.5):
        return
    reword = _rewording(material, _Manner("restated", named_otherwise=manner.named_otherwise))
    material.row["fact"] = sentence(reword(material.read.fact))
    material.row["premise"] = sentence(reword(material.read.premise))


def _reorder(material: Material, half: Half) -> None:
    question = material.row[half]
    places = material.rng.sample(range(len(question["options"])), len(question["options"]))
    question["answer"] = places.index(question["answer"])
    question["options"] = [question["options"][place] for place in places]


WAYS: dict[str, Way] = {
    "other questions": _in_the_manner(_Manner()),
    "other sentences": _in_the_manner(_Manner("restated")),
    "other sentences, same questions": _in_the_manner(_Manner("restated", questions=False)),
    "short answers": _in_the_manner(_Manner("short")),
    "short answers, same questions": _in_the_manner(_Manner("short", questions=False, leads=False)),
    "padded": _in_the_manner(_Manner("padded")),
    "turned round": _in_the_manner(_Manner("turned")),
    "other names": _in_the_manner(_Manner(named_otherwise=True, questions=False, leads=False)),
    "other names and questions": _in_the_manner(_Manner(named_otherwise=True)),
    "other names and sentences": _in_the_manner(_Manner("restated", named_otherwise=True)),
    "other value words": _in_the_manner(_Manner(other_values=True)),
    "only the answers' openings": _in_the_manner(_Manner(questions=False)),
}
