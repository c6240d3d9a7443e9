"""A small benchmark of plain squares, and models that are functions in a file: they know the key, and err as told."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from schemas.mmr import format_question

CATEGORIES = ("character/character", "attribute/shape", "context/activity")
PAIRS, PER_IMAGE, PREMISES = 8, 2, 2
KEY = "key.json"  # beside the benchmark: a question's first line to its right option and that one's letter in the file

_SOURCE = """
import json
from pathlib import Path

NAME = {name!r}
KEY = json.loads(Path({key!r}).read_text(encoding="utf-8"))


def answer(images, messages):
    turns = [[one["role"], "\\n".join(part.get("text", "<image>") for part in one["content"])] for one in messages]
    with open({log!r}, "a", encoding="utf-8") as log:
        log.write(json.dumps({{"images": len(images), "turns": turns}}) + "\\n")
    asked = next((text for role, text in turns if role == "user" and "\\nA. " in text), "")
    above, _, below = asked.partition("\\nA. ")
    lines = f"A. {{below}}".split("\\n")[:4] if asked else []
    options = dict(line.split(". ", 1) for line in lines if ". " in line)
    stem = above.split("\\n")[-1]
    text, home = KEY.get(stem, ("", "A"))
    right = next((letter for letter, option in options.items() if option == text), None)
    turned = ("ABCD".index(right) - "ABCD".index(home)) % 4 if right else 0
    return reply(stem, options, right, turned, [text for _, text in turns])


{reply}
"""

# Bodies of ``reply(stem, options, right, turned, texts)``: the question, its options by letter, the right letter, by
# how many letters the options stand moved on, and all texts of the talk.
KNOWS = "return right"
LIKES_A = 'return "A"'
STUMBLES_ON_2 = 'return "A" if turned == 2 else right'
MISLED = 'return right if stem.startswith("Plain") else ("B" if right == "A" else "A")'


def write_benchmark(folder: Path, *, pairs: int = PAIRS, premises: int = PREMISES) -> Path:
    """A benchmark in MMR's shape, its images beside it, and leading questions whose premise is true; gives its file.

    The right letter of a pair's halves goes round: A and B, B and C, and so on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    key: dict[str, tuple[str, str]] = {}
    rows = [row for place in range(pairs) for row in _pair(place, key)]
    true = [row for place in range(pairs, pairs + premises) for row in _pair(place, key)]
    for name, found in (("benchmark.json", rows), ("true_premise.json", [{**one, "premise": "true"} for one in true])):
        (folder / name).write_text(json.dumps(found), encoding="utf-8")
    (folder / KEY).write_text(json.dumps(key), encoding="utf-8")
    for name in {row["image"] for row in (*rows, *true)}:
        shade = int(name.partition(".")[0]) * 37 % 256
        Image.new("RGB", (24, 24), (shade, 255 - shade, 128)).save(folder / name)
    return folder / "benchmark.json"


def _pair(place: int, key: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    category = CATEGORIES[place % len(CATEGORIES)]
    rows = []
    for half, word in (("POS", "Plain"), ("NEG", "Leading")):
        at = (place + (half == "NEG")) % 4
        texts = [f"It is the {word.lower()} number {place * 10 + one}." for one in range(4)]
        stem = f"{word} question {place}: which number is it?"
        key[stem] = (texts[at], "ABCD"[at])
        rows.append({
            "id": f"{category}/{place:02d}", "image": f"{place // PER_IMAGE}.png", "question_type": half,
            "question": format_question(stem, texts), "ground_truth": "ABCD"[at],
        })  # fmt: skip
    return rows


def write_model(benchmark: Path, name: str, reply: str = KNOWS, *, told: Mapping[str, Any] | None = None) -> Path:
    """A model as a file beside a benchmark; ``told`` are further assignments in it, such as ``HOST``."""
    body = "\n".join(f"    {line}" for line in reply.splitlines())
    source = _SOURCE.format(
        name=name,
        key=str(benchmark.with_name(KEY)),
        log=str(benchmark.with_name(f"{_plain(name)}.log")),
        reply=f"def reply(stem, options, right, turned, texts):\n{body}",
    )
    path = benchmark.with_name(f"{_plain(name)}.py")
    path.write_text(source + "".join(f"{key} = {value!r}\n" for key, value in (told or {}).items()), encoding="utf-8")
    return path


def log_of(model: Path) -> list[dict[str, Any]]:
    """All that a model was asked: how many images, and the turns as roles and texts."""
    path = model.with_suffix(".log")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def shown(log: Sequence[Mapping[str, Any]]) -> list[str]:
    """The last text of each talk."""
    return [one["turns"][-1][1] for one in log]


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isascii() and letter.isalnum())[:20] or "model"
