r"""LLaVA (and Bunny) training samples: conversations of a human and a model about one image.

Format: ``[{"id", "image", "conversations": [{"from": "human", "value": "<image>\\nQ"}, {"from": "gpt",
"value": "A"}]}]`` with ``<image>`` in the first turn only (LLaVA, docs/Finetune_Custom_Data.md).
A sample's answer is the right option's text, as in MMR-data, its letter, or one sample of each. An open question
has no letters: its pair is left out and counted where only letters are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from datagen.export.contract import ExportOptions, ExportPair, Images, Target, left_open
from datagen.export.rows import write_json
from schemas.config import SPLITS
from schemas.pair import LETTERS, Question

LETTER_PROMPT = "Answer with the option's letter from the given choices directly."


@dataclass(frozen=True)
class _Turn:
    sample: str
    image: str
    asked: str
    answered: str


def export_llava(
    pairs: Iterable[ExportPair], folder: Path, images: Images, options: ExportOptions
) -> Mapping[str, int]:
    """Write ``<split>.json`` for every split that has pairs, and the images."""
    turns: dict[str, list[_Turn]] = defaultdict(list)
    open_questions = 0
    for one in pairs:
        if one.pair.open and options.target == "letter":
            open_questions += 1
            continue
        for polarity, half in (("pos", one.pair.positive), ("neg", one.pair.negative)):
            turns[one.split] += _turns(f"{one.pair.pair_id}-{polarity}", half, options.target)
    counts = {}
    for split in SPLITS:
        if turns[split]:
            grouped = _by_image(turns[split]) if options.turns == "multi" else ([turn] for turn in turns[split])
            samples = [_sample(group, images) for group in grouped]
            write_json(folder / f"{split}.json", samples)
            counts[f"{split} samples"] = len(samples)
    return {**counts, **left_open(open_questions)}


def _turns(sample: str, half: Question, target: Target) -> Iterator[_Turn]:
    if target in ("text", "both"):
        yield _Turn(sample, half.image, half.text, half.right)
    if target in ("letter", "both") and not half.open:
        listed = "\n".join(f"{LETTERS[place]}. {text}" for place, text in enumerate(half.shown))
        suffix = "-letter" if target == "both" else ""
        yield _Turn(f"{sample}{suffix}", half.image, f"{half.text}\n{listed}\n{LETTER_PROMPT}", half.letter)


def _by_image(turns: Iterable[_Turn]) -> Iterator[list[_Turn]]:
    groups: dict[str, list[_Turn]] = defaultdict(list)
    for turn in turns:
        groups[turn.image].append(turn)
    yield from groups.values()


def _sample(turns: list[_Turn], images: Images) -> dict[str, object]:
    said = []
    for place, turn in enumerate(turns):
        mark = "<image>\n" if place == 0 else ""
        said += [
            {"from": "human", "value": mark + _harmless(turn.asked)},
            {"from": "gpt", "value": _harmless(turn.answered)},
        ]
    return {"id": turns[0].sample, "image": images(turns[0].image), "conversations": said}


def _harmless(text: str) -> str:
    """Text in which no image mark of the format stands: a trainer would look for a second image."""
    return text.replace("<image>", "<image >")
