"""Two options of a question that say the same: one of the wrong ones becomes another, reworded."""

from collections.abc import Callable

from tests.datagen.filters.planted.claims import AGREEMENTS, Answer, sentence
from tests.datagen.filters.planted.material import Half, Material, Unfit, Way
from tests.datagen.filters.planted.wording import same

_OPENINGS = {
    "That is not so: ": ("That is wrong: ", "No, ", "Not at all: ", ""),
    "No, but ": ("No: ", "That is wrong, ", "No, rather "),
    "No, ": ("No: ", "That is wrong, ", "Not so, ", ""),
    "It can be seen: ": ("One can see it: ", "It is there to see: "),
    "That is just how it is: ": ("That is simply the way it is: ", "It just is like that: "),
    "Yes, ": ("Yes: ", "Yes, that is right, ", "Yes indeed, "),
}


def _reworded(way: str) -> Way:
    def said(material: Material, answer: Answer) -> str:
        clauses = [said.clause for said in same(answer.claim) if said.way == way]
        return sentence(material.pick(clauses), answer.lead)

    return _planted(said)


def _planted(said: Callable[[Material, Answer], str], *, only: Half | None = None) -> Way:
    def plant(material: Material) -> None:
        halves = (only,) if only else material.halves()
        of_right = material.chance(0.6)
        replaced = None
        for half in halves:
            index, copied = _places(material, half, of_right=of_right, replaced=replaced)
            replaced = material.read.answers(half)[index].claim.clause
            text = said(material, material.read.answers(half)[copied])
            if text == material.text(half, copied):
                raise Unfit
            material.write(half, index, text)

    return plant


def _places(material: Material, half: Half, *, of_right: bool, replaced: str | None) -> tuple[int, int]:
    """The option to replace, the same in both halves where both are spoilt, and the one to say again."""
    wrong = material.wrong(half)
    answers = material.read.answers(half)
    index = next((at for at in wrong if answers[at].claim.clause == replaced), None)
    if index is None:
        index = material.lose(half)
    copied = material.right(half) if of_right else material.pick([at for at in wrong if at != index])
    return index, copied


def _other_opening(material: Material, answer: Answer) -> str:
    if not answer.lead:
        raise Unfit
    return sentence(answer.claim.clause, material.pick(_OPENINGS[answer.lead]))


def _typed_otherwise(material: Material, answer: Answer) -> str:
    text = sentence(answer.claim.clause, answer.lead)
    return material.pick([text.upper(), text.lower(), text.rstrip("."), f"{text[:-1]} !", text.replace(" ", "  ")])


def _opening_and_words(material: Material, answer: Answer) -> str:
    if not answer.lead:
        raise Unfit
    lead = material.pick(_OPENINGS[answer.lead])
    if answer.lead in AGREEMENTS and not lead:
        raise Unfit
    return sentence(material.pick([said.clause for said in same(answer.claim) if said.way != "short answer"]), lead)


WAYS: dict[str, Way] = {
    **{
        way: _reworded(way)
        for way in (
            "restated", "other value word", "turned round", "padded", "short answer", "double negative",
            "other thing name", "restated under another name", "other article", "other tense", "contraction",
            "figures", "spelling", "picture by another name",
        )
    },
    "other opening": _planted(_other_opening, only="negative"),
    "other opening and words": _planted(_opening_and_words, only="negative"),
    "typed otherwise": _planted(_typed_otherwise),
}  # fmt: skip
