"""Other ways to say what a claim says and to ask what a question asks."""

import re
from typing import NamedTuple

from tests.datagen.filters.planted.claims import Claim, Slot
from tests.datagen.filters.planted.nouns import (
    DEMONYMS,
    FIGURES,
    INVERSE,
    SAME_VALUE,
    other_names,
    singular,
    with_article,
)

# Whole sentences, the same claim: {s} subject, {v} value, {o} the other thing, {be} is or are, {has} has or have.
_RESTATED: dict[Slot, tuple[str, ...]] = {
    "presence": (
        "{v} is in the picture", "the picture shows {v}", "the picture has {v} in it", "in the picture there is {v}",
        "one can see {v} in the picture", "the picture contains {v}", "{v} is part of the picture",
        "{v} can be seen in the picture", "among the things in the picture is {v}",
    ),
    "count": (
        "{v} {s} {be} in the picture", "the picture shows {v} {s}", "in the picture there {be} {v} {s}",
        "the picture contains {v} {s}", "the picture has {v} {s} in it", "the number of {p} in the picture is {n}",
        "counting the {p} in the picture gives {n}", "{v} {s} can be seen in the picture",
    ),
    "color": (
        "the color of the {s} is {v}", "{v} is the color of the {s}", "the {s} {has} the color {v}",
        "the {s} {be} colored {v}", "the {s} {be} {v} in color", "{v} is what color the {s} {has}",
        "the {s} {has} been painted {v}", "the {s} {has} a {v} color",
    ),
    "look": (
        "the pattern of the {s} is {v}", "the {s} {has} a {v} surface", "the surface of the {s} is {v}",
        "the {s} {be} {v} all over", "{v} is how the {s} {be}", "the {s} {has} a {v} pattern",
        "the {s} {has} been drawn {v}",
    ),
    "shape": (
        "the {s} has the shape of {v}", "the {s} is shaped like {v}", "{v} is what the {s} is",
        "the shape of the {s} is that of {v}", "the form of the {s} is {v}", "the {s} has been drawn as {v}",
        "the {s} forms {v}", "the outline of the {s} is {v}",
    ),
    "quarter": (
        "the {s} can be found in the {v} part of the picture", "in the {v} of the picture {be} the {s}",
        "the {v} corner of the picture holds the {s}", "the {s} {be} placed in the {v} quarter of the picture",
        "the {v} of the picture is where the {s} {be}", "the picture has the {s} in its {v}",
        "the picture's {v} is the place of the {s}",
    ),
    "place": (
        "{v} the {o} {be} the {s}", "the {s} {be} located {v} the {o}", "the {s} can be found {v} the {o}",
        "one finds the {s} {v} the {o}", "the {s} {has} been placed {v} the {o}", "{v} the {o} one sees the {s}",
    ),
    "relation": (
        "{v} the {o} {be} the {s}", "the {s} {be} located {v} the {o}", "the {s} can be found {v} the {o}",
        "one finds the {s} {v} the {o}", "the {s} {has} been placed {v} the {o}", "{v} the {o} one sees the {s}",
    ),
    "posture": (
        "{v} is what the {s} is doing", "what the {s} is doing is {v}", "the {s} can be seen {v}",
        "the {s} is shown {v}", "one sees the {s} {v}", "the {s} has been drawn {v}",
        "the posture of the {s} is {v}",
    ),
    "activity": (
        "{v} is what the {s} is doing", "what the {s} is doing is {v}", "the {s} can be seen {v}",
        "the {s} is shown {v}", "one sees the {s} {v}", "the {s} has been drawn {v}", "the {s} is busy {v}",
        "the activity of the {s} is {v}",
    ),
    "text": (
        'the {s} reads "{v}"', '"{v}" is written on the {s}', 'the {s} bears the text "{v}"',
        'the writing on the {s} is "{v}"', 'on the {s} it says "{v}"', 'the {s} has "{v}" on it',
        'what the {s} says is "{v}"', '"{v}" is what can be read on the {s}',
    ),
    "mood": (
        "the expression of the {s} is {v}", "the {s} has {a} expression", "the {s} wears {a} look",
        "{v} is how the {s} looks", "the {s} shows {a} expression", "the {s} has been drawn {v}",
        "what the {s} looks is {v}",
    ),
    "flag": (
        "the {s} is that of {v}", "the {s} belongs to {v}", "{v} is the country of the {s}",
        "it is the flag of {v}", "the {s} is {v}'s flag", "the country of the {s} is {v}", "the {s} is {v}'s",
    ),
    "landmark": (
        "the {s} shown is {v}", "it is {v}", "{v} is the {s}", "the name of the {s} is {v}", "the {s} is called {v}",
        "the {s} is known as {v}", "what the picture shows is {v}",
    ),
    "meaning": (
        'the {s} means "{v}"', 'the meaning of the {s} is "{v}"', '"{v}" is what the {s} stands for',
        'the {s} is the sign for "{v}"', 'the {s} denotes "{v}"', 'the {s} represents "{v}"',
        'by the {s} "{v}" is meant',
    ),
}  # fmt: skip
_ASKED: dict[Slot, tuple[str, ...]] = {
    "presence": (
        "What can be seen in the picture?", "What does the picture show?", "Which thing is in the picture?",
        "Which of these is in the picture?",
    ),
    "count": (
        "How many {p} does the picture show?", "What is the number of {p} in the picture?",
        "How many {p} can be counted in the picture?", "In the picture, how many {p} are there?",
    ),
    "color": (
        "Which color {do} the {s} have?", "What is the color of the {s}?", "The {s} {be} of which color?",
        "Can you name the color of the {s}?",
    ),
    "look": (
        "What pattern {do} the {s} have?", "How {be} the surface of the {s} patterned?",
        "Which pattern can be seen on the {s}?",
    ),
    "shape": ("Which shape does the {s} have?", "What is the shape of the {s}?", "What form does the {s} have?"),
    "quarter": (
        "In which part of the picture {be} the {s}?", "Where can the {s} be found in the picture?",
        "In what corner of the picture {be} the {s}?",
    ),
    "place": (
        "How {be} the {s} placed relative to the {o}?", "On which side of the {o} {be} the {s}?",
        "Seen from the {o}, where {be} the {s}?",
    ),
    "relation": ("Where can the {s} be found?", "In what place {be} the {s}?", "Where does one see the {s}?"),
    "posture": (
        "What is the posture of the {s}?", "Which posture does the {s} have?", "In which pose is the {s}?",
        "How is the {s} positioned?",
    ),
    "activity": (
        "What activity is the {s} busy with?", "What can the {s} be seen doing?", "Which thing is the {s} doing?",
    ),
    "text": (
        "What is written on the {s}?", "Which text is on the {s}?", "What text does the {s} bear?",
        "What can be read on the {s}?",
    ),
    "mood": (
        "What expression does the {s} have?", "Which mood does the {s} show?", "What is the expression of the {s}?",
    ),
    "flag": (
        "Which country's flag is in the picture?", "The flag in the picture is that of which country?",
        "Of which country is the flag in the picture?",
    ),
    "landmark": (
        "What is the name of the landmark in the picture?", "What landmark does the picture show?",
        "Which famous place does the picture show?",
    ),
    "meaning": ("What is the meaning of the {s}?", "What does the {s} mean?", "What is the {s} the sign for?"),
}  # fmt: skip
PADDED = (
    "{}, as anyone can see", "{}, to be precise", "the fact is that {}", "as the picture shows, {}",
    "it is the case that {}", "it is true that {}", "what one sees here is that {}", "one can see that {}",
    "in this scene, {}", "{}, and that is all there is to it", "quite simply, {}",
)  # fmt: skip


class Said(NamedTuple):
    """A clause that says the same as another, and the way it came about."""

    way: str
    clause: str


def restated(claim: Claim) -> list[str]:
    """The claim in other sentences, in an order that is the same for all values of its slot."""
    value = claim.value
    return [
        pattern.format(
            s=claim.subject, o=claim.other, v=value, a=with_article(value) if value else "",
            be="are" if claim.plural else "is", has="have" if claim.plural else "has",
            p=plural(claim.subject), n="zero" if value == "no" else value,
        )
        for pattern in _RESTATED[claim.slot]
    ]  # fmt: skip


def asked(claim: Claim) -> list[str]:
    """Other questions that a claim of this slot and subject answers."""
    be, do = ("are", "do") if claim.plural else ("is", "does")
    patterns = _ASKED[claim.slot]
    return [
        pattern.format(s=claim.subject, o=claim.other, be=be, do=do, p=plural(claim.subject)) for pattern in patterns
    ]


def short(claim: Claim) -> str:
    """The claim as an answer of a word or few."""
    if claim.slot in ("text", "meaning"):
        return f'"{claim.value}"'
    if claim.slot == "quarter":
        return f"in the {claim.value}"
    if claim.slot in ("place", "relation"):
        return f"{claim.value} the {claim.other}"
    return "none" if claim.slot == "count" and claim.value == "no" else claim.value


def other_values(claim: Claim) -> list[str]:
    """The claim with another word for its value; empty where there is none."""
    return [_replaced(claim, other) for other in SAME_VALUE.get(claim.slot, {}).get(claim.value, ())]


def inverted(claim: Claim) -> list[str]:
    """The claim said of the other thing, or of the flag by its people: empty for slots where that cannot be."""
    be = "are" if claim.plural else "is"
    if claim.slot in ("place", "relation") and claim.value in INVERSE:
        return [f"the {claim.other} is {INVERSE[claim.value]} the {claim.subject}"]
    if claim.slot == "relation":
        done = {"on": "has the {s} on it", "under": "has the {s} under it", "inside": "contains the {s}"}
        return [f"the {claim.other} {done[claim.value].format(s=claim.subject)}"]
    if claim.slot == "flag" and claim.value in DEMONYMS:
        return [f"the {claim.subject} {be} the {DEMONYMS[claim.value]} flag"]
    if claim.slot == "shape" and claim.value[2:].strip() in ("star", "heart", "cross", "arrow", "ring", "crescent"):
        return [f"the {claim.subject} is {claim.value.split()[-1]}-shaped"]
    return []


def same(claim: Claim) -> list[Said]:
    """All the other ways to say one claim."""
    found = [Said("restated", clause) for clause in restated(claim)]
    found += [Said("other value word", clause) for clause in other_values(claim)]
    found += [Said("turned round", clause) for clause in inverted(claim)]
    found += [Said("padded", pattern.format(claim.clause)) for pattern in PADDED]
    found += [Said("short answer", short(claim))]
    found += [Said("double negative", f"it is not untrue that {claim.clause}")]
    found += [Said("other thing name", other_names(claim.clause))]
    found += [Said("restated under another name", other_names(clause)) for clause in restated(claim)]
    found += [Said("other article", clause) for clause in _other_articles(claim)]
    found += [Said("other tense", clause) for clause in _other_tenses(claim.clause)]
    found += [Said("contraction", clause) for clause in _contracted(claim)]
    found += [Said("figures", clause) for clause in _in_figures(claim)]
    found += [Said("spelling", re.sub(r"\bgray\b", "grey", claim.clause).replace("checkered", "chequered"))]
    found += [Said("picture by another name", claim.clause.replace("the picture", "the image"))]
    return [said for said in found if said.clause != claim.clause]


def plural(phrase: str) -> str:
    """A counted noun phrase in the plural."""
    if phrase != singular(phrase) or phrase.split(" ")[-1] == "fish" or not phrase:
        return phrase
    *before, last = phrase.split(" ")
    unusual = {"person": "people", "leaf": "leaves", "butterfly": "butterflies", "bus": "buses", "cross": "crosses"}
    return " ".join((*before, unusual.get(last, f"{last}s")))


def _replaced(claim: Claim, value: str) -> str:
    found = claim.clause.rfind(f"{claim.value} the {claim.other}" if claim.other else claim.value)
    if claim.slot == "count":
        found = claim.clause.index(f" {claim.value} ") + 1
    before, after = claim.clause[:found], claim.clause[found + len(claim.value) :]
    return before + value + after


def _other_articles(claim: Claim) -> list[str]:
    if claim.slot == "presence":
        return [re.sub(r"\ban? ", "one ", claim.clause, count=1)]
    if not claim.clause.startswith("the "):
        return []
    these = ("these ", "those ") if claim.plural else ("this ", "that ")
    return [word + claim.clause.removeprefix("the ") for word in these]


def _other_tenses(clause: str) -> list[str]:
    past = {"is": "was", "are": "were", "says": "said", "looks": "looked", "stands": "stood"}
    progressive = {"says": "is saying", "looks": "is looking", "stands": "is standing"}
    return [
        re.sub(rf"\b({'|'.join(forms)})\b", lambda found, forms=forms: forms[found[1]], clause, count=1)  # type: ignore[misc]
        for forms in (past, progressive)
    ]


def _contracted(claim: Claim) -> list[str]:
    if claim.clause.startswith("there is "):
        return [claim.clause.replace("there is ", "there's ", 1)]
    head = f"the {claim.subject} is "
    return [claim.clause.replace(head, f"the {claim.subject}'s ", 1)] if claim.clause.startswith(head) else []


def _in_figures(claim: Claim) -> list[str]:
    if claim.slot != "count" or claim.value not in FIGURES:
        return []
    return [_replaced(claim, FIGURES[claim.value]), f"{FIGURES[claim.value]} {claim.subject}"]
