"""The English of questions and options about drawn scenes, read by a grammar of its own.

Shares nothing with what writes that English: whatever cannot be read raises ``Unreadable``.
"""

import re
from typing import NamedTuple

NOUNS = (
    "circle", "square", "triangle", "rectangle", "oval", "diamond", "hexagon", "star", "heart", "cross",
    "arrow", "ring", "tree", "flower", "leaf", "mushroom", "apple", "cloud", "moon", "butterfly", "bird",
    "fish", "snail", "car", "bus", "truck", "boat", "rocket", "airplane", "balloon", "kite", "house",
    "umbrella", "key", "cup", "hat", "book", "bell", "envelope", "clock", "chair", "bottle", "lamp", "crown",
    "ball", "table", "jar", "gift", "shirt", "sock", "sign", "person", "face", "flag", "landmark", "road sign",
    "music symbol", "chemical symbol",
)  # fmt: skip
SINGULAR = {"people": "person", "leaves": "leaf", "butterflies": "butterfly", "crosses": "cross", "buses": "bus"}
SINGULAR |= {f"{noun}s": noun for noun in NOUNS if noun not in SINGULAR.values()} | {"fishes": "fish"}
COLORS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "gray")
PATTERNS = ("plain", "striped", "dotted", "checkered", "polka-dotted", "floral", "leopard-print")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SIDES = ("to the left of", "to the right of", "above", "below")

_WORDS = "|".join(sorted((*NOUNS, *SINGULAR, "shape"), key=len, reverse=True))
_MARKS = "|".join((*COLORS, *PATTERNS, "large", "small"))
_THING = rf"(?:(?:{_MARKS}) )?(?:{_WORDS})"
_HOW = "|".join((*SIDES, "on top of", "on", "under", "inside", "next to", "behind", "in front of", "far away from"))

_STATEMENTS = [
    (re.compile(pattern), slot)
    for slot, pattern in (
        ("presence", rf"there is an? (?P<subject>{_THING}) in the picture"),
        ("count", rf"there (?:is|are) (?P<value>{'|'.join(NUMBERS)}) (?P<subject>{_THING}) in the picture"),
        ("quarter", rf"the (?P<subject>{_THING}) is in the (?P<value>(?:upper|lower) (?:left|right)) of the picture"),
        ("place", rf"the (?P<subject>{_THING}) is (?P<value>{_HOW}) the (?P<other>{_THING})"),
        ("color", rf"the (?P<subject>{_THING}) (?:is|are) (?P<value>{'|'.join(COLORS)})"),
        ("texture", rf"the (?P<subject>{_THING}) is (?P<value>{'|'.join(PATTERNS)})"),
        ("shape", rf"the (?P<subject>{_THING}) is an? (?P<value>[a-z]+)"),
        ("doing", rf"the (?P<subject>(?:{_MARKS} )?person) is (?P<value>(?:ice )?[a-z]+ing(?: [a-z ]+)?)"),
        ("emotion", rf"the (?P<subject>{_THING}) looks (?P<value>[a-z]+)"),
        ("text", rf'the (?P<subject>{_THING}) says "(?P<value>[A-Z]+|[0-9]+)"'),
        ("meaning", rf'the (?P<subject>{_THING}) stands for "(?P<value>[a-z ]+)"'),
        ("identity", r"the (?P<subject>flag) is the (?P<value>flag of [A-Z][a-z]+)"),
        ("identity", r"the (?P<subject>landmark) is (?:the )?(?P<value>[A-Z][A-Za-z]+(?: [A-Za-z]+)*)"),
    )
]
_QUESTIONS = [
    (re.compile(pattern), slots)
    for slots, pattern in (
        (("presence",), r"What is there in the picture\?"),
        (("count",), rf"How many (?P<subject>{_THING}) are there in the picture\?"),
        (("quarter",), rf"Where in the picture is the (?P<subject>{_THING})\?"),
        (("place",), rf"Where is the (?P<subject>{_THING}) in relation to the (?P<other>{_THING})\?"),
        (("place",), rf"Where is the (?P<subject>{_THING})\?"),
        (("color",), rf"What color (?:is|are) the (?P<subject>{_THING})\?"),
        (("texture",), rf"What does the (?P<subject>{_THING}) look like\?"),
        (("shape",), rf"What (?:is|shape is) the (?P<subject>{_THING})\?"),
        (("doing",), r"What (?:posture )?is the (?P<subject>person) (?:in|doing)\?"),
        (("emotion",), rf"How does the (?P<subject>{_THING}) look\?"),
        (("text",), rf"What does the (?P<subject>{_THING}) say\?"),
        (("meaning",), rf"What does the (?P<subject>{_THING}) stand for\?"),
        (("identity",), r"Which (?P<subject>flag|landmark) is in the picture\?"),
    )
]
_ANSWERS = (("Yes, ", True), ("No, but ", False), ("No, ", False), ("That is not so: ", False),
            ("That is just how it is: ", True), ("It can be seen: ", True))  # fmt: skip


class Unreadable(Exception):
    """English that this grammar does not know."""


class Claim(NamedTuple):
    """What a sentence says of the picture."""

    slot: str
    subject: str
    value: str
    other: str | None = None


class Reply(NamedTuple):
    """What an option says: whether it goes along with the question, where it says so, and its claim."""

    agrees: bool | None
    claim: Claim


class Leading(NamedTuple):
    """What a leading question takes for granted, and the plain question it ends with, if it does."""

    premise: Claim
    plain: str | None


def statement(text: str) -> Claim:
    """A statement without its capital and full stop."""
    text = text.replace("the fish are ", "the fishes are ")  # the only noun that is alike in both
    for pattern, slot in _STATEMENTS:
        found = pattern.fullmatch(text)
        if found and _agrees(text):
            parts = found.groupdict()
            return Claim(slot, parts["subject"], parts.get("value", ""), parts.get("other"))
    raise Unreadable(text)


def _agrees(text: str) -> bool:
    """Whether articles and verbs go with their nouns."""
    if any((found[1] == "an") != (found[2] in "aeiou") for found in re.finditer(r"\b(an?) ([a-z])", text)):
        return False
    counted = re.fullmatch(rf"there (is|are) ({'|'.join(NUMBERS)}) ({_THING}) in the picture", text)
    if counted:
        alike = counted[3].endswith("fish")
        one = counted[2] == "one"
        return one == (counted[1] == "is") and (alike or one != is_plural(counted[3]))
    several = re.match(rf"the ({_THING}) (is|are) ", text)
    return several is None or is_plural(several[1]) == (several[2] == "are")


def sentence(text: str) -> Claim:
    """A whole sentence."""
    if not re.fullmatch(r"[A-Z].*\.", text):
        raise Unreadable(text)
    return statement(text[0].lower() + text[1:-1])


def reply(text: str) -> Reply:
    """An option."""
    for opening, agrees in _ANSWERS:
        if text.startswith(opening) and text.endswith("."):
            return Reply(agrees, statement(text.removeprefix(opening)[:-1]))
    return Reply(None, sentence(text))


def leading(text: str) -> Leading:
    """A leading question."""
    if found := re.fullmatch(r"(?:I was told|Somebody says) that (.+)\. ([A-Z][^.]*\?)", text):
        return Leading(statement(found[1]), found[2])
    if found := re.fullmatch(r"(There|The) (.+), right\?", text):
        return Leading(statement(f"{found[1].lower()} {found[2]}"), None)
    if found := re.fullmatch(r"How can you tell that (.+)\?", text):
        return Leading(statement(found[1]), None)
    if found := re.fullmatch(r"(?:Why (is|are|does)|(Is|Are|Does)n't) (.+)\?", text):
        return Leading(statement(_in_order((found[1] or found[2]).lower(), found[3])), None)
    raise Unreadable(text)


def _in_order(verb: str, rest: str) -> str:
    """The statement that a question turned round: "is", "the cup red" is "the cup is red"."""
    found = re.fullmatch(rf"(there|the {_THING}) (.+)", rest)
    if not found:
        raise Unreadable(rest)
    if verb != "does":
        return f"{found[1]} {verb} {found[2]}"
    verb, _, object_ = found[2].partition(" ")
    return f"{found[1]} {verb}s {object_}"


def answers(question: str, claim: Claim) -> bool:
    """Whether a claim is an answer to a plain question, be it right or wrong."""
    for pattern, slots in _QUESTIONS:
        found = pattern.fullmatch(question)
        if found and claim.slot in slots:
            asked = found.groupdict()
            subjects = {claim.subject, singular(claim.subject)}
            asked_for = asked.get("subject")
            return (asked_for is None or {asked_for, singular(asked_for)} & subjects != set()) and (
                asked.get("other") in (None, claim.other)
            )
    return False


def singular(phrase: str) -> str:
    """The phrase with its noun in the singular."""
    mark, noun = split(phrase)
    return f"{mark} {noun}".strip()


def split(phrase: str) -> tuple[str, str]:
    """The adjective of a phrase, empty if it has none, and its noun in the singular."""
    found = re.fullmatch(rf"(?:({_MARKS}) )?({_WORDS})", phrase)
    if not found:
        raise Unreadable(phrase)
    return found[1] or "", SINGULAR.get(found[2], found[2])


def is_plural(phrase: str) -> bool:
    """Whether the phrase's noun is in the plural (one that is alike in both is not)."""
    return not phrase.endswith(split(phrase)[1])
