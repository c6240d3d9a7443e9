"""An option that does not answer the question's form, or is no sound sentence."""

import re
from collections.abc import Callable

from tests.datagen.filters.planted.claims import Claim, sentence
from tests.datagen.filters.planted.material import Half, Material, Unfit, Way
from tests.datagen.filters.planted.nouns import singular

# Values of another sort than a question asks for, with the slots whose questions they would answer after all.
_COLORS = ("red", "blue", "green", "turquoise", "beige", "light gray", "golden", "dark brown")
_NUMBERS = ("three", "7", "a dozen", "twelve", "four", "25", "eleven")
_PLACES = ("in the upper left of the picture", "behind the door", "at the bottom right", "in the park", "on the shelf")
_PERSONS = ("a teacher", "two firemen", "my grandmother", "a police officer", "Anna", "the neighbor's son")
_TIMES = ("at noon", "last Monday", "in the spring", "at half past six", "during the night", "in 1998")
_REASONS = (
    "because it has rained", "because of the strong wind", "since nobody was at home", "so that nobody gets hurt",
    "in order to save time",
)  # fmt: skip
_DOINGS = ("swimming", "baking a cake", "driving a car", "sleeping", "dancing with a friend")
_AGREEMENT = {"is": "are", "are": "is", "says": "say", "looks": "look", "stands": "stand"}
_WEAK = {
    "the",
    "a",
    "an",
    "is",
    "are",
    "in",
    "of",
    "to",
    "for",
    "says",
    "looks",
    "stands",
    "next",
    "from",
    "under",
    "on",
}
_BARE = {"oval", "square", "cloud", "fish", "hat", "cross", "flower", "leaf"}
"""Words that can do without an article: an adjective too, or a stuff."""
_CUT_TO_A_WORD = {
    "rock", "land", "ball", "crow", "butter", "mush", "air", "tab", "flow", "pen", "check", "bell", "book", "hear",
    "yell", "per", "star", "flag", "cross", "ring", "arrow", "cloud", "tri", "oct", "hex", "surprise",
}  # fmt: skip
_WHERE = ("quarter", "place", "relation")
Spoil = Callable[[Material, Claim], str]


def _planted(spoil: Spoil, *, half: Half | None = None, led: bool = True) -> Way:
    """Spoil one option, mostly a wrong one, in one half or both."""

    def plant(material: Material) -> None:
        claim = None
        for each in (half,) if half else material.halves():
            answers = material.read.answers(each)
            index = next((at for at, answer in enumerate(answers) if answer.claim == claim), None)
            if index is None:
                right = material.right(each)
                index = right if material.chance(0.3) else material.pick(material.wrong(each))
            claim = answers[index].claim
            spoilt = spoil(material, claim)
            elliptic = answers[index].lead in ("Yes, ", "No, ", "No, but ") and spoilt.endswith((" is", " are"))
            if spoilt == claim.clause or elliptic:  # "Yes, the person is." is sound
                raise Unfit
            material.write(each, index, sentence(spoilt, answers[index].lead if led else ""))

    return plant


def _instead(values: tuple[str, ...], *, answers: tuple[str, ...], whole: str = "the {s} {be} {v}") -> Spoil:
    """Another sort of value, in a sentence or alone; not for questions that it answers after all."""

    def spoil(material: Material, claim: Claim) -> str:
        if claim.slot in answers:
            raise Unfit
        value = material.pick(values)
        if material.chance(0.5) or not claim.subject:
            return value
        return whole.format(s=claim.subject, be="are" if claim.plural else "is", v=value)

    return spoil


def _number(material: Material, claim: Claim) -> str:
    if claim.slot in ("count", "text", "meaning"):
        raise Unfit
    value = material.pick(_NUMBERS)
    return material.pick([value, f"there are {value} of them", f"the number is {value}", f"exactly {value}"])


def _agreement(material: Material, claim: Claim) -> str:
    pattern = rf"\b({'|'.join(_AGREEMENT)})\b"
    return re.sub(pattern, lambda found: _AGREEMENT[found[1]], claim.clause, count=1)


def _counted_noun(material: Material, claim: Claim) -> str:
    if claim.slot != "count":
        raise Unfit
    noun = singular(claim.subject)
    if noun == claim.subject:
        return claim.clause.replace(f"one {noun}", f"one {noun}s" if not noun.endswith("s") else f"one {noun}es")
    return claim.clause.replace(claim.subject, noun)


def _cut(material: Material, claim: Claim) -> str:
    """Cut after a word that cannot end a sentence."""
    words = claim.clause.split(" ")
    ends = [index for index, word in enumerate(words[:-1]) if index >= 1 and word in _WEAK and _open(words, index)]
    return " ".join(words[: material.pick(ends[-2:]) + 1])


def _open(words: list[str], index: int) -> bool:
    """Whether a sentence that ends there is unfinished: "the apple is on" might stand."""
    return words[index] not in ("on", "under", "next")


def _cut_in_a_word(material: Material, claim: Claim) -> str:
    last = claim.clause.rstrip('"').split(" ")[-1]
    if len(last) < 5 or claim.slot == "text":
        raise Unfit
    left = last[: -material.rng.randint(2, len(last) - 2)]
    if left in _CUT_TO_A_WORD:
        raise Unfit
    return claim.clause.rstrip('"').removesuffix(last) + left


def _article(material: Material, claim: Claim) -> str:
    return re.sub(
        r"\b(an?) (?=\w)", lambda article: "a " if article[1] == "an" else "an ", claim.clause, count=1
    )  # fmt: skip


def _doubled(material: Material, claim: Claim) -> str:
    words = claim.clause.split(" ")
    at = material.pick([index for index, word in enumerate(words) if word in _WEAK])
    return " ".join([*words[: at + 1], words[at], *words[at + 1 :]])


def _no_verb(material: Material, claim: Claim) -> str:
    if claim.slot not in ("presence", "count", "color", "look", "shape", "landmark", "flag", "mood", "text"):
        raise Unfit
    return re.sub(r" (is|are|looks|says)\b", "", claim.clause, count=1)


def _verb_form(material: Material, claim: Claim) -> str:
    wrong = material.pick([{"is": "be", "are": "be"}, {"is": "being", "are": "being"}, {"is": "am", "are": "am"}])
    if claim.slot in ("posture", "activity") and "being" in wrong.values():
        raise Unfit
    forms = {**wrong, "says": "to say", "looks": "to look", "stands": "to stand"}
    return re.sub(rf"\b({'|'.join(forms)})\b", lambda found: forms[found[1]], claim.clause, count=1)


def _no_article(material: Material, claim: Claim) -> str:
    if claim.slot in ("presence", "shape") and claim.value.split(" ")[-1] not in _BARE:
        return re.sub(r"\ban? ", "", claim.clause, count=1)
    raise Unfit


def _yes(material: Material) -> None:
    if material.read.fact.slot == "text":
        raise Unfit
    text = material.pick(["Yes.", "No.", "Yes, it is.", "No, it is not.", "Yes, there are.", "Yes, of course."])
    material.write("positive", material.pick(material.wrong("positive")), text)


def _question(material: Material, claim: Claim) -> str:
    if claim.slot == "text":  # a sign may say that
        raise Unfit
    asked: str = material.row["positive"]["text"]
    return material.pick([
        asked, "What is meant by that?", "Is there another picture?", "Who wants to know?",
        "Which one of them?",
    ])  # fmt: skip


def _placeholder(material: Material, claim: Claim) -> str:
    if claim.slot == "text":
        raise Unfit
    return material.pick(
        ["option 3", "[answer]", "wrong answer", "TODO", "distractor", "lorem ipsum", "...", "answer:"]
    )


WAYS: dict[str, Way] = {
    "colour": _planted(_instead(_COLORS, answers=("color", "look", "mood", "flag", "shape", "text", "presence"))),
    "number": _planted(_number),
    "place": _planted(_instead(_PLACES, answers=(*_WHERE, "text"))),
    "who": _planted(
        _instead(_PERSONS, answers=("presence", "text", "meaning", "landmark", "shape", "look", *_WHERE[1:]))
    ),
    "time": _planted(_instead(_TIMES, answers=("text",))),
    "reason": _planted(_instead(_REASONS, answers=("text",)), half="positive"),
    "activity": _planted(_instead(_DOINGS, answers=("posture", "activity", "text", "look", "mood", "meaning"))),
    "yes or no": _yes,
    "a question": _planted(_question, led=False),
    "placeholder": _planted(_placeholder, led=False),
    "broken agreement": _planted(_agreement),
    "number of the counted": _planted(_counted_noun),
    "cut": _planted(_cut),
    "cut in a word": _planted(_cut_in_a_word),
    "wrong article": _planted(_article),
    "no article": _planted(_no_article),
    "doubled word": _planted(_doubled),
    "no verb": _planted(_no_verb),
    "wrong verb form": _planted(_verb_form),
}
