"""An option or a question that quotes one of the image's captions, whole or nearly."""

import re

from tests.datagen.filters.planted.claims import sentence
from tests.datagen.filters.planted.material import Half, Material, Unfit, Way
from tests.datagen.filters.planted.nouns import head

_SHORTEST = 6
_SWAPS = (
    (r"\band\b", "plus"), (r"\bwith\b", "showing"), (r"\bpicture\b", "image"), (r"\bdrawing\b", "sketch"),
    (r"\bsimple\b", "plain"), (r"\bA\b", "One"), (r"\bThere (is|are)\b", "Here we see"), (r"\bof\b", "showing"),
)  # fmt: skip


def _caption(material: Material, *, about: bool = False) -> str:
    """A caption long enough that to have its words is no accident; if asked, one that names the pair's thing."""
    fact = material.read.fact
    thing = head(fact.subject or fact.value)
    found = [text for text in material.captions if len(text.split()) >= _SHORTEST]
    if about:
        found = [text for text in found if re.search(rf"\b{re.escape(thing[:5])}", text)]
    return material.pick(found)


def _small(caption: str) -> str:
    return caption[0].lower() + caption[1:].rstrip(".")


def _answered(material: Material, texts: tuple[str, ...]) -> None:
    """Put a text with the caption in place of the right option; rarely of a wrong one."""
    caption = _caption(material, about=True)
    for half in material.halves():
        text = material.pick(texts)
        index = material.lose(half) if material.chance(0.15) else material.right(half)
        lead = material.read.answers(half)[index].lead
        quoted = text.format(caption=caption.rstrip("."), small=_small(caption))
        if lead and material.chance(0.7):
            quoted = f"{lead}{quoted[0].lower()}{quoted[1:]}"
        material.write(half, index, quoted)


def _whole(material: Material) -> None:
    _answered(material, ("{caption}.",))


def _other_capitals(material: Material) -> None:
    caption = _caption(material, about=True)
    half = material.pick(material.halves(both=0))
    changed = material.pick([caption.upper(), caption.lower(), caption.title(), caption.lower().rstrip(".")])
    material.write(half, material.right(half), changed)


def _other_stops(material: Material) -> None:
    caption = _caption(material, about=True).rstrip(".")
    half = material.pick(material.halves(both=0))
    changed = material.pick([
        caption.replace(",", ";") + "!", caption.replace(",", ""), f"« {caption} »", caption.replace(" and ", " & "),
        f"{caption}...", caption.replace(", ", " - "), f"“{caption}.”",
    ])  # fmt: skip
    material.write(half, material.right(half), changed)


def _in_a_sentence(material: Material) -> None:
    _answered(material, (
        "In short: {small}.", "What one sees is this: {small}.", "To describe it: {small}.",
        "This is a scene with the following: {small}.", "The answer is {small}.", "One finds here {small}.",
        "{caption}, and nothing more.", "{caption}, that is what is drawn.",
    ))  # fmt: skip


def _quoted(material: Material) -> None:
    _answered(material, (
        "As the caption goes: {caption}.", 'In the words of the caption, "{small}".', 'The caption has it: "{small}".',
        'It is described with the words "{caption}."', 'The title under it is "{caption}".',
    ))  # fmt: skip


def _after_the_answer(material: Material) -> None:
    caption = _small(_caption(material))
    for half in material.halves():
        index = material.right(half)
        joined = material.pick([": {}.", ", as this is {}.", " ({}).", "; the picture shows {}.", ". {}."])
        material.write(half, index, material.text(half, index).rstrip(".") + joined.format(caption))


def _one_word_changed(material: Material) -> None:
    caption = _caption(material, about=True)
    swaps = [re.sub(old, new, caption, count=1) for old, new in _SWAPS if re.search(old, caption)]
    half = material.pick(material.halves(both=0))
    index = material.right(half)
    lead = material.read.answers(half)[index].lead
    changed = material.pick(swaps).rstrip(".")
    material.write(half, index, sentence(_small(changed) if lead else changed, lead))


def _one_word_less(material: Material) -> None:
    words = _caption(material, about=True).split()
    if len(words) <= _SHORTEST:
        raise Unfit
    shortened = words[1:] if material.chance(0.5) else words[:-1]
    half = material.pick(material.halves(both=0))
    material.write(half, material.right(half), sentence(" ".join(shortened).rstrip(".")))


def _without_its_opening(material: Material) -> None:
    caption = _caption(material, about=True)
    shortened = re.sub(
        r"^(A drawing of|An illustration of|A picture with|A simple picture of|Flat drawings of|There is|There are) ",
        "", caption,
    )  # fmt: skip
    if shortened == caption or len(shortened.split()) < _SHORTEST:
        raise Unfit
    half = material.pick(material.halves(both=0))
    material.write(half, material.right(half), sentence(shortened))


def _before_the_question(material: Material) -> None:
    caption = _caption(material)
    for half in material.halves():
        asked = material.row[half]["text"]
        joined = material.pick([
            "{caption} {asked}", "The picture shows {small}. {asked}", "Given {small}: {asked}",
            '"{caption}" {asked}', "{small} - {asked}",
        ])  # fmt: skip
        material.ask(half, joined.format(caption=caption, small=_small(caption), asked=asked))


def _in_the_question(material: Material) -> None:
    caption = _small(_caption(material))
    half: Half = material.pick(material.halves(both=0))
    asked = material.row[half]["text"].rstrip("?")
    joined = material.pick([" in this picture of {}?", ", in the scene of {}?", ", where one sees {}?", " ({})?"])
    material.ask(half, asked + joined.format(caption))


WAYS: dict[str, Way] = {
    "whole": _whole, "other capitals": _other_capitals, "other stops": _other_stops, "in a sentence": _in_a_sentence,
    "quoted as a caption": _quoted, "after the answer": _after_the_answer, "one word changed": _one_word_changed,
    "one word less": _one_word_less, "without its opening": _without_its_opening,
    "before the question": _before_the_question, "in the question": _in_the_question,
}  # fmt: skip
