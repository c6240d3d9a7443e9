"""The same pair again: other letters, another order, other capitals, spaces and stops."""

import re
from collections.abc import Callable

from tests.datagen.filters.planted.material import HALVES, Half, Material, Unfit, Way


def _letters(material: Material) -> None:
    for half in material.halves(both=0.7):
        order = material.row[half]["order"]
        material.row[half]["order"] = material.pick([order[1:] + order[:1], order[::-1], order[2:] + order[:2]])


def _distractors(material: Material) -> None:
    for half in HALVES:
        _shuffle(material, half)


def _shuffle(material: Material, half: Half) -> None:
    question = material.row[half]
    places = list(range(len(question["options"])))
    material.rng.shuffle(places)
    question["answer"] = places.index(question["answer"])
    question["options"] = [question["options"][place] for place in places]
    question["order"] = material.rng.sample(places, len(places))


def _provenance(material: Material) -> None:
    material.row["provenance"] |= {"model": "another-model", "prompt_version": "2", "facts": []}
    for half in HALVES:
        for option in material.row[half]["options"]:
            option["role"] = "plain"


def _typed(change: Callable[[str], str], *, shuffled: bool = True) -> Way:
    """Type texts otherwise: the questions, the options, or both, in one half or both."""

    def plant(material: Material) -> None:
        halves = material.halves(both=0.6)
        part = material.pick(["question", "options", "both"])
        before = [material.row[half]["text"] + "".join(_options(material, half)) for half in halves]
        for half in halves:
            if part != "options":
                material.ask(half, change(material.row[half]["text"]))
            if part != "question":
                for index, text in enumerate(_options(material, half)):
                    material.write(half, index, change(text))
        if before == [material.row[half]["text"] + "".join(_options(material, half)) for half in halves]:
            raise Unfit
        if shuffled and material.chance(0.5):
            _distractors(material)
        if material.chance(0.3):
            material.row["fact"] = change(material.row["fact"])
            material.row["premise"] = change(material.row["premise"])

    return plant


def _options(material: Material, half: Half) -> list[str]:
    return [option["text"] for option in material.row[half]["options"]]


def _all_at_once(material: Material) -> None:
    _typed(lambda text: f" {text.lower()} ".replace(".", ""))(material)
    _letters(material)


WAYS: dict[str, Way] = {
    "other letters": _letters,
    "other distractor order": _distractors,
    "another generator's": _provenance,
    "capitals": _typed(str.upper),
    "small letters": _typed(str.lower),
    "title case": _typed(str.title),
    "two spaces": _typed(lambda text: text.replace(" ", "  ")),
    "spaces around": _typed(lambda text: f"  {text}\n"),
    "hard spaces": _typed(lambda text: re.sub(r" (?=\w+[.?]?$)", "\N{NO-BREAK SPACE}", text)),
    "no last stop": _typed(lambda text: text.rstrip(".?")),
    "another last stop": _typed(lambda text: re.sub(r"[.?]$", lambda found: found[0] * 3, text)),
    "space before the stop": _typed(lambda text: re.sub(r"([.?])$", r" \1", text)),
    "curly quotes": _typed(lambda text: re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")),
    "single quotes": _typed(lambda text: re.sub(r'"([^"]*)"', r"'\1'", text)),
    "no colons or commas": _typed(lambda text: re.sub(r"[:,]", "", text)),
    "all at once": _all_at_once,
}
