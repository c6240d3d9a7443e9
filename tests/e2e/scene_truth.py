"""What is true of a drawn scene, from its world as plain values alone, and whether a pair is right.

Shares no code, template or data with what draws scenes, states facts of them or makes pairs. Truth has
three values: a claim is true, false, or ``None`` where two people could disagree beside the picture.
A pair is only right if nothing in it is open.
"""

from typing import Any

from schemas.pair import Pair
from tests.e2e.scene_english import (
    COLORS,
    NUMBERS,
    PATTERNS,
    SIDES,
    Claim,
    Unreadable,
    answers,
    is_plural,
    leading,
    reply,
    sentence,
    split,
)

Thing = dict[str, Any]
SLOTS = {
    "character/character": {"text"}, "attribute/existence": {"presence"}, "attribute/number": {"count"},
    "attribute/color&texture": {"color", "texture"}, "attribute/shape": {"shape"}, "attribute/posture": {"doing"},
    "attribute/position": {"quarter", "place"}, "context/abstract": {"emotion"}, "context/concrete": {"identity"},
    "context/expert": {"meaning"}, "context/activity": {"doing"}, "context/relation": {"place"},
}  # fmt: skip
SHAPES = {
    "circle", "square", "triangle", "rectangle", "oval", "diamond",
    "hexagon", "star", "heart", "cross", "arrow", "ring",
}  # fmt: skip
# What else someone may say to see in a thing of that kind, or in that variant of it.
MAY_BE_SEEN = {
    "circle": "oval, ring", "square": "rectangle", "rectangle": "square", "oval": "circle", "ring": "circle",
    "diamond": "square, kite", "house": "triangle, square, rectangle, landmark", "boat": "triangle",
    "envelope": "rectangle", "rocket": "circle, triangle", "kite": "diamond", "crown": "circle", "car": "circle",
    "bus": "circle, square, rectangle, truck", "truck": "circle, square, rectangle, car, bus", "snail": "circle",
    "flower": "leaf", "apple": "leaf, circle, ball", "gift": "square, cross", "key": "ring, circle",
    "clock": "circle, ring, bell", "ball": "circle", "balloon": "oval, circle", "book": "rectangle, square",
    "chair": "square, rectangle", "person": "face, shirt", "face": "circle", "sign": "road sign", "road sign": "sign",
    "flag": "rectangle", "landmark": "house", "chemical symbol": "square, sign", "music symbol": "square",
    "sitting": "chair", "lying down": "rectangle", "flying a kite": "kite, diamond",
    "riding a bicycle": "circle, ring", "reading a book": "book, chair", "kicking a ball": "ball, circle",
    "fishing": "fish", "watering a flower": "flower, leaf", "painting a picture": "rectangle, triangle, circle",
    "holding an umbrella": "umbrella", "flag of Japan": "circle", "flag of Sweden": "cross",
    "flag of Finland": "cross", "flag of Denmark": "cross", "flag of Switzerland": "cross", "flag of Vietnam": "star",
    "flag of Canada": "leaf", "Big Ben": "clock", "Pyramids of Giza": "triangle", "Parthenon": "triangle",
    "no entry": "circle", "no parking": "circle", "no left turn": "circle, arrow", "no right turn": "circle, arrow",
    "go straight ahead": "circle, arrow", "turn right": "circle, arrow", "turn left": "circle, arrow",
    "give way": "triangle", "danger": "triangle", "traffic lights ahead": "triangle, circle",
    "priority road": "diamond, square", "parking": "square", "hospital": "square",
}  # fmt: skip
POSTURES = {"standing", "sitting", "walking", "running", "jumping", "kneeling", "crawling", "bending over"}
COLORLESS = {"jar", "person", "flag", "road sign", "music symbol", "chemical symbol"}
# True value first: what nobody could call plainly false of it.
OPEN = {
    ("square", "rectangle"), ("ring", "circle"), ("circle", "oval"), ("diamond sign", "square"),
    ("dotted", "polka-dotted"), ("sitting", "reading"), ("lying down", "sleeping"), ("running", "walking"),
    ("reading a book", "reading a newspaper"), ("kicking a ball", "playing soccer"),
    ("painting a picture", "painting a wall"), ("pair of eighth notes", "eighth note"),
    ("on", "above"), ("inside", "behind"), ("inside", "in front of"), ("under", "behind"), ("under", "in front of"),
    ("under", "inside"), ("next to", "behind"), ("next to", "in front of"),
}  # fmt: skip
SAME = {
    ("on", "on top of"), ("under", "below"), ("playing the guitar", "playing a guitar"),
}  # fmt: skip
SYMBOLS = {
    "He": "helium", "Li": "lithium", "Ne": "neon", "Na": "sodium", "Mg": "magnesium", "Al": "aluminium",
    "Si": "silicon", "Cl": "chlorine", "Ca": "calcium", "Fe": "iron", "Ni": "nickel", "Cu": "copper", "Zn": "zinc",
    "Ag": "silver", "Sn": "tin", "Au": "gold", "Hg": "mercury", "Pb": "lead",
}  # fmt: skip


def faults(pair: Pair, world: dict[str, Any]) -> list[str]:
    """All that is wrong with a pair beside its scene; empty for one that is right."""
    try:
        return [*_plain_half(pair, world["things"]), *_leading_half(pair, world["things"])]
    except Unreadable as unread:
        return [f"cannot be read or decided: {unread}"]


def _plain_half(pair: Pair, things: list[Thing]) -> list[str]:
    question, found = pair.positive, []
    claims = [sentence(option.text) for option in question.options]
    for index, (claim, option) in enumerate(zip(claims, question.options, strict=True)):
        if not answers(question.text, claim):
            found.append(f"{option.text!r} does not answer {question.text!r}")
        if claim.slot not in SLOTS[pair.category]:
            found.append(f"{option.text!r} is not of {pair.category}")
        right = index == question.answer
        if truth(claim, things) is not right:
            found.append(f"{option.text!r} is {truth(claim, things)}, not {right}")
        if option.role != ("answer right, reason right" if right else "answer wrong, reason wrong"):
            found.append(f"{option.text!r} is not {option.role!r}")
    if sentence(pair.fact) != claims[question.answer]:
        found.append(f"the fact {pair.fact!r} is not the right answer")
    if len(set(claims)) < len(claims):
        found.append("an option stands twice")
    return found


def _leading_half(pair: Pair, things: list[Thing]) -> list[str]:
    question, found = pair.negative, []
    asked = leading(question.text)
    if asked.premise != sentence(pair.premise):
        found.append(f"{question.text!r} does not take for granted that {pair.premise!r}")
    if asked.plain not in (None, pair.positive.text):
        found.append(f"{question.text!r} does not end with the positive question")
    so = truth(asked.premise, things)
    if so is not (pair.kind == "true-premise"):
        found.append(f"the premise {pair.premise!r} is {so}")
    replies = [reply(option.text) for option in question.options]
    for index, (said, option) in enumerate(zip(replies, question.options, strict=True)):
        if (said.agrees is None) != (asked.plain is not None):
            found.append(f"{option.text!r} is no answer to {question.text!r}")
        agrees = said.claim == asked.premise if said.agrees is None else said.agrees
        if agrees != (said.claim == asked.premise):
            found.append(f"{option.text!r} contradicts itself")
        true = truth(said.claim, things)
        if true is None or (true and agrees is so) != (index == question.answer):
            found.append(f"{option.text!r} is {true}, and the key is {question.right!r}")
        role = f"answer {'right' if agrees is so else 'wrong'}, reason {'right' if true else 'wrong'}"
        if option.role != role:
            found.append(f"{option.text!r} is {role!r}, not {option.role!r}")
    if len(set(replies)) < len(replies):
        found.append("an option stands twice")
    if {said.claim for said in replies} != {sentence(option.text) for option in pair.positive.options}:
        found.append("the halves do not offer the same answers")
    return found


def truth(claim: Claim, things: list[Thing]) -> bool | None:
    """Whether a claim is true, false, or open, of a scene with those things.

    Raises:
        Unreadable: Its subject means nothing in the picture, or more than one thing.
    """
    match claim.slot:
        case "presence":
            return _present(claim.subject, things)
        case "count":
            return _counted(claim, things)
        case "color":
            return _colored(claim, things)
        case "shape":
            return _shaped(claim, things)
        case "quarter":
            return _in_quarter(claim.value, _one(claim.subject, things)["box"])
        case "place":
            return _placed(claim.value, _one(claim.subject, things), _one(claim.other or "", things))
    thing = _one(claim.subject, things)
    if claim.slot == "doing":
        known = thing["posture"] if "posture" in thing else thing["activity"]
        if "activity" in thing and claim.value in POSTURES:
            return None  # who walks a dog is walking
    elif claim.slot == "meaning" and thing["kind"] == "chemical symbol":
        known = SYMBOLS[thing["text"]]
    else:
        known = thing[claim.slot]
    return _is(known, claim.value)


def _is(known: str, said: str) -> bool | None:
    return None if (known, said) in OPEN else known == said or (known, said) in SAME


def _area(thing: Thing) -> float:
    box = thing["box"]
    return float((box["right"] - box["left"]) * (box["bottom"] - box["top"]))


def _meant(phrase: str, things: list[Thing]) -> list[Thing]:
    """All things that a phrase could mean."""
    mark, noun = split(phrase)
    if noun == "shape":
        marked = [thing for thing in things if mark in (thing.get("color"), thing["texture"])]
        return marked if any(thing["kind"] in SHAPES for thing in marked) else []
    found = [thing for thing in things if thing["kind"] == noun]
    if mark in COLORS:
        return [thing for thing in found if thing.get("color") == mark]
    if mark in PATTERNS:
        return [thing for thing in found if thing["texture"] == mark]
    if mark == "large":
        return [thing for thing in found if _area(thing) >= 2 * min(map(_area, found))]
    if mark == "small":
        return [thing for thing in found if _area(thing) <= max(map(_area, found)) / 2]
    return found


def _one(phrase: str, things: list[Thing]) -> Thing:
    found = _meant(phrase, things)
    if len(found) != 1:
        raise Unreadable(f"{phrase!r} means {len(found)} things")
    return found[0]


def _may_be(thing: Thing, noun: str) -> bool:
    """Whether someone might say that they see such a thing in one that is none."""
    if noun == thing["kind"]:
        return False
    names = [thing[name] for name in ("kind", "form", "posture", "activity", "identity", "meaning") if name in thing]
    return noun in names or any(noun in MAY_BE_SEEN.get(name, "").split(", ") for name in names)


def _present(phrase: str, things: list[Thing]) -> bool | None:
    mark, noun = split(phrase)
    found = _meant(phrase, things)
    if found:
        return True if not mark or (found[0]["texture"] == "plain" and noun not in COLORLESS) else None
    of_kind = [thing for thing in things if thing["kind"] == noun]
    if of_kind:
        return None if noun in COLORLESS else False
    return None if any(_may_be(thing, noun) for thing in things) else False


def _counted(claim: Claim, things: list[Thing]) -> bool | None:
    mark, noun = split(claim.subject)
    if any(_may_be(thing, noun) for thing in things):
        return None
    found = _meant(claim.subject, things)
    if mark and any(thing["texture"] != "plain" for thing in found):
        return None
    return NUMBERS.index(claim.value) == len(found)


def _colored(claim: Claim, things: list[Thing]) -> bool | None:
    found = _meant(claim.subject, things) if is_plural(claim.subject) else [_one(claim.subject, things)]
    kind, colors = found[0]["kind"], {thing.get("color") for thing in found}
    if kind in COLORLESS or len(colors) > 1 or any(thing["texture"] != "plain" for thing in found):
        return None
    return claim.value in colors


def _shaped(claim: Claim, things: list[Thing]) -> bool | None:
    thing = _one(claim.subject, things)
    if "form" in thing:
        return None if (f"{thing['form']} sign", claim.value) in OPEN else _is(thing["form"], claim.value)
    if thing["kind"] not in SHAPES:
        raise Unreadable(f"{claim.subject!r} means a {thing['kind']}")
    return _is(thing["kind"], claim.value)


def _in_quarter(quarter: str, box: dict[str, float]) -> bool | None:
    if box["left"] < 0.5 < box["right"] or box["top"] < 0.5 < box["bottom"]:
        return None
    return quarter == f"{'upper' if box['bottom'] <= 0.5 else 'lower'} {'left' if box['right'] <= 0.5 else 'right'}"


def _placed(how: str, thing: Thing, other: Thing) -> bool | None:
    known = thing.get("relation") if thing.get("other") == other["kind"] else None
    if known is not None and (how not in SIDES or known != "next to"):
        return _is(known, how)
    if how not in SIDES or "activity" in thing or "activity" in other:
        return None  # the box of who flies a kite is as much the kite's
    axis = ("left", "right") if "of" in how else ("top", "bottom")
    box, beside = thing["box"], other["box"]
    first, second = (box, beside) if how in ("to the left of", "above") else (beside, box)
    gap = second[axis[0]] - first[axis[1]]
    if gap > 0:  # wholly on that side: so it is, if it lies straight there and not askew
        return True if _shared(box, beside, "top" if axis[0] == "left" else "left") >= 0.5 else None
    return False if _shared(box, beside, axis[0]) >= 0.5 or first[axis[0]] > second[axis[1]] else None


def _shared(box: dict[str, float], beside: dict[str, float], low: str) -> float:
    """How much of the smaller extent from that edge on the two have in common."""
    high = {"left": "right", "top": "bottom"}[low]
    shared = min(box[high], beside[high]) - max(box[low], beside[low])
    return shared / min(box[high] - box[low], beside[high] - beside[low])
