"""A hedge in an option or a question: words that take the claim back while making it."""

import re
from collections.abc import Callable

from tests.datagen.filters.planted.claims import Claim, sentence
from tests.datagen.filters.planted.material import Material, Unfit, Way
from tests.datagen.filters.planted.wording import asked

_ADVERBS = (
    "probably", "perhaps", "possibly", "maybe", "presumably", "apparently", "seemingly", "supposedly", "likely",
    "conceivably", "potentially", "arguably", "allegedly",
)  # fmt: skip
_MODALS = ("might", "could", "may", "may well", "could well", "might possibly")
_FRONT = {
    "opinion": (
        "I think that {}", "I believe {}", "I guess {}", "I suppose that {}", "I would say that {}",
        "in my opinion {}", "my best guess is that {}", "I assume {}", "I would guess that {}", "to my mind {}",
    ),
    "likelihood": (
        "most likely {}", "in all likelihood {}", "there is a good chance that {}", "it is likely that {}",
        "it is possible that {}", "chances are that {}", "it could be that {}", "it may be that {}",
        "with some probability {}",
    ),
    "view": (
        "as far as I can see, {}", "from what is visible, {}", "as far as one can tell, {}", "from what I can tell, {}",
        "if I am not mistaken, {}", "to the best of my knowledge, {}", "judging by what can be made out, {}",
    ),
    "doubt": (
        "it is not clear, but {}", "I am not sure, but {}", "it is hard to say, but {}",
        "I cannot say for sure, but {}", "it is difficult to tell, though {}", "one cannot be certain, but {}",
        "without being certain, {}",
    ),
    "seeming": (
        "it seems that {}", "it appears that {}", "it looks as if {}", "it would seem that {}", "it looks like {}",
        "one gets the impression that {}",
    ),
}  # fmt: skip
_END = (
    "{}, I think", "{}, perhaps", "{}, it seems", "{}, as far as one can see", "{}, if I see it right", "{}, I guess",
    "{}, or so it appears", "{}, but I could be wrong", "{}, though that is uncertain", "{}, more or less",
    "{}, or something like that", "{}, presumably", "{}, but this is not certain", "{}, I believe",
)  # fmt: skip
_REFUSED = (
    "I cannot tell from the picture", "it is unclear from the image", "the image does not give enough information",
    "sorry, I am unable to make that out", "that cannot be determined", "this is not discernible",
    "it is impossible to say", "the picture is too unclear to answer this", "I do not know", "nobody can say for sure",
    "this information is not provided", "there is no way to know", "I'm not able to see that", "it remains uncertain",
    "that is hard to determine from this view",
)  # fmt: skip
_ASKED_SOFTLY = (
    "{}, if that can be made out?", "{}, as far as you can tell?", "{}, in your opinion?", "{}, probably?",
    "{}, would you guess?", "{}, if one can say so at all?", "{}, if it is clear enough?", "{}, most likely?",
)  # fmt: skip
_ASKED_FRONT = (
    "If you had to guess: {}", "As far as can be seen, {}", "What would be your guess: {}", "Roughly speaking, {}",
    "If it can be told at all, {}",
)  # fmt: skip
_VERBS = {"is": "be", "are": "be", "says": "say", "looks": "look", "stands": "stand"}
Spoil = Callable[[Material, Claim], str]
_VERB = r"\b(is|are|says|looks|stands)\b"


def _hedged(spoil: Spoil) -> Way:
    """Hedge one option, at times two, in one half or both; the right one in half of the cases."""

    def plant(material: Material) -> None:
        for half in material.halves():
            first = material.right(half) if material.chance(0.5) else material.pick(material.wrong(half))
            more = [material.pick(material.wrong(half))] if material.chance(0.2) else []
            for index in dict.fromkeys([first, *more]):
                answer = material.read.answers(half)[index]
                material.write(half, index, sentence(spoil(material, answer.claim), answer.lead))

    return plant


def _adverb(material: Material, claim: Claim) -> str:
    adverb = material.pick(_ADVERBS)
    if material.chance(0.6):
        return re.sub(_VERB, rf"\1 {adverb}" if _is_be(claim) else rf"{adverb} \1", claim.clause, count=1)
    return f"{adverb} {claim.clause}"


def _is_be(claim: Claim) -> bool:
    found = re.search(_VERB, claim.clause)
    return found is not None and found[1] in ("is", "are")


def _modal(material: Material, claim: Claim) -> str:
    modal = material.pick(_MODALS)
    return re.sub(_VERB, lambda found: f"{modal} {_VERBS[found[1]]}", claim.clause, count=1)


def _seeming_verb(material: Material, claim: Claim) -> str:
    plural = claim.plural
    verb = material.pick([("seems to", "seem to"), ("appears to", "appear to"), ("is likely to", "are likely to")])
    return re.sub(_VERB, lambda found: f"{verb[plural]} {_VERBS[found[1]]}", claim.clause, count=1)


def _vague(material: Material, claim: Claim) -> str:
    value = claim.value
    if claim.slot == "count" and value != "no":
        about = material.pick(["about", "roughly", "around", "approximately", "some", "maybe"])
        return claim.clause.replace(f" {value} ", f" {about} {value} ", 1)
    if claim.slot in ("color", "look", "mood"):
        kind = material.pick(["sort of", "kind of", "somewhat", "more or less"])
        return claim.clause.removesuffix(value) + f"{kind} {value}"
    if claim.slot in ("shape", "presence"):
        kind = material.pick(["some kind of", "something like", "a sort of"])
        return claim.clause.replace(value, f"{kind} {value.split(' ', 1)[1]}", 1)
    if claim.slot in ("quarter", "place", "relation", "posture", "activity"):
        return re.sub(r"\b(is|are)\b", rf"\1 {material.pick(['roughly', 'more or less', 'kind of'])}", claim.clause)
    raise Unfit


def _at_the_end(material: Material, claim: Claim) -> str:
    return material.pick(_END).format(claim.clause)


def _refused(material: Material, claim: Claim) -> str:
    refused = material.pick(_REFUSED)
    return refused if material.chance(0.5) else f"{refused}, but {claim.clause}"


def _front(name: str) -> Spoil:
    return lambda material, claim: material.pick(_FRONT[name]).format(claim.clause)


def _in_the_question(material: Material) -> None:
    for half in material.halves(both=0.2):
        asked_now = material.row[half]["text"]
        if material.chance(0.6):
            material.ask(half, material.pick(_ASKED_SOFTLY).format(asked_now.rstrip("?")))
        else:
            small = asked_now if asked_now.startswith("I ") else asked_now[0].lower() + asked_now[1:]
            material.ask(half, material.pick(_ASKED_FRONT).format(small))


def _in_the_premise(material: Material) -> None:
    clause = material.read.premise.clause
    hedge = material.pick(["maybe {}", "possibly {}", "{}, perhaps", "it seems that {}", "it might be that {}"])
    hedged = hedge.format(clause)
    then = asked(material.read.premise)[0]
    forms = {
        "told": f"I was told that {hedged}. {then}",
        "tell": f"What makes you think that {hedged}?",
        "why": f"Why is it that {hedged}?",
        "yes-no": f"{hedged[0].upper()}{hedged[1:]}, right?",
    }
    material.ask("negative", forms[material.read.form])


def _may_it_be(material: Material) -> None:
    asked_now = material.row["positive"]["text"]
    modal = material.pick(["might", "could", "may"])
    softened = re.sub(
        r"^(What color|What shape|Where in the picture|Where|What posture|How many [\w -]+?|What|How) "
        r"(is|are|does) (there|the [\w ]+?)(?= in\b| say\b| look\b| stand\b| doing\b|\?)",
        lambda found: f"{found[1]} {modal} {found[3]}{'' if found[2] == 'does' else ' be'}", asked_now,
    )  # fmt: skip
    if softened == asked_now:
        raise Unfit
    material.ask("positive", softened)


WAYS: dict[str, Way] = {
    "adverb": _hedged(_adverb), "modal": _hedged(_modal), "seeming verb": _hedged(_seeming_verb),
    "vague word": _hedged(_vague), "at the end": _hedged(_at_the_end), "refusal": _hedged(_refused),
    **{f"in front: {name}": _hedged(_front(name)) for name in _FRONT},
    "in the question": _in_the_question, "in the premise": _in_the_premise, "question with may": _may_it_be,
}  # fmt: skip
