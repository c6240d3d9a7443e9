"""What a task holds: a pair's texts as they are shown, and no more. Gold answers are in none."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.labeling.config import ANSWER_KEYS, FIX_KEYS, NONE_KEYS
from annotation.verdict import NONE, Mode, Shown, ShownHalf
from schemas.pair import LETTERS, Pair, Question
from schemas.text import nfc

MOST_CAPTIONS = 60_000
"""Characters of an image's captions that are shown, all together."""
_KEY, _OTHER = "✔", "   "
_KINDS = {
    "false-premise": "The leading question takes something FALSE for granted",
    "true-premise": "The leading question takes something TRUE for granted: agreeing with it is right",
    "contrast": "The two questions have opposite answers",
}


@dataclass(frozen=True)
class Showing:
    """A pair as a task shows it: what its verdict is a verdict on."""

    pair_id: str
    shown: Shown
    content: str
    """Sixteen hex digits over the pair's id and all that is shown of it."""


def showing(pair: Pair) -> Showing:
    """A pair as it is shown: texts on one line each, options in the order of their letters."""
    shown = Shown(
        image="+".join(pair.images),
        category=pair.category,
        positive=_half(pair.positive),
        negative=_half(pair.negative),
    )
    text = f"{pair.pair_id}\n{shown.model_dump_json()}"
    return Showing(pair.pair_id, shown, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])


def _half(half: Question) -> ShownHalf:
    return ShownHalf(question=nfc(half.text), options=tuple(nfc(text) for text in half.shown), order=half.order)


def as_shown(pair: Pair, shown: Shown) -> Pair:
    """A pair whose options stand in the order they were shown in, whatever a later filter has made of it."""
    return pair.model_copy(
        update={
            "positive": pair.positive.model_copy(update={"order": shown.positive.order}),
            "negative": pair.negative.model_copy(update={"order": shown.negative.order}),
        }
    )


def task_data(
    pair: Pair,
    mode: Mode,
    *,
    image: str,
    captions: Sequence[str] = (),
    categories: Sequence[str] = (),
    said: str = "",
) -> dict[str, Any]:
    """The data of a task.

    Args:
        pair: What is judged.
        mode: Which page shows it; a blind solve is told neither key, captions nor what the pair is about.
        image: Its address.
        captions: Of its image.
        categories: Of the run, for a fix.
        said: To an adjudicator: what the others said.
    """
    seen = showing(pair)
    data: dict[str, Any] = {"image": image, "pair": pair.pair_id, "content": seen.content}
    for name, half, shown in (
        ("positive", pair.positive, seen.shown.positive),
        ("negative", pair.negative, seen.shown.negative),
    ):
        letters = LETTERS[: len(shown.options)]
        key = half.letter if mode != "blind" else None
        data[f"{name}_question"] = shown.question
        data[f"{name}_options"] = _options(shown, key)
        if mode == "blind":
            data[f"{name}_answers"] = [
                *_choices(letters, ANSWER_KEYS[name]),
                {"value": NONE, "hotkey": NONE_KEYS[name]},
            ]
        else:
            data[f"{name}_lines"] = "\n".join(shown.options)
            data[f"{name}_letters"] = _choices(letters, FIX_KEYS[name])
    if mode != "blind":
        data |= {
            "captions": _captions(captions),
            "about": _about(pair),
            "categories": [{"value": one} for one in categories],
        }
    if mode == "adjudicate":
        data["said"] = said
    return data


def still_shows(data: Mapping[str, Any], shown: Shown) -> bool:
    """Whether a task's data, read back, hold these questions and options in this order; marks are not looked at."""
    for name, half in (("positive", shown.positive), ("negative", shown.negative)):
        question, options = data.get(f"{name}_question"), data.get(f"{name}_options")
        if not isinstance(question, str) or not isinstance(options, str) or nfc(question) != half.question:
            return False
        lines = [nfc(line.lstrip(f"{_KEY} ")) for line in options.split("\n")]
        if lines != [nfc(line) for line in _lettered(half)]:
            return False
    return True


def _options(shown: ShownHalf, key: str | None) -> str:
    lines = _lettered(shown)
    if key is None:
        return "\n".join(lines)
    return "\n".join(f"{_KEY if line[0] == key else _OTHER} {line}" for line in lines)


def _lettered(shown: ShownHalf) -> list[str]:
    return [f"{letter}. {text}" for letter, text in zip(LETTERS, shown.options, strict=False)]


def _choices(letters: str, keys: str) -> list[dict[str, str]]:
    return [{"value": letter, "hotkey": key} for letter, key in zip(letters, keys, strict=False)]


def _captions(captions: Sequence[str]) -> str:
    text = "\n".join(f"• {nfc(one)}" for one in captions) or "none"
    return text if len(text) <= MOST_CAPTIONS else f"{text[:MOST_CAPTIONS]} … (and more)"


def _about(pair: Pair) -> str:
    """Neither fact nor premise: who reads the answer does not look for it in the image."""
    return f"Category: {pair.category}\n{_KINDS[pair.kind]}."
