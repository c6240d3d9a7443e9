"""What is measured means something: with a model that has learned to see the colour of a drawn square."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from mllm import ImagePart, Message, Outcome, Probe, Request, Veil
from schemas.identity import image_ref
from tests.mllm.local.conftest import Ask
from tests.mllm.local.trained import COLOURS, LETTERS, PATCH, SIDE, STEM, build_trained, draw, question, square

pytestmark = pytest.mark.xdist_group("local")

NAMES = tuple(sorted(COLOURS))


class Asking(NamedTuple):
    """Requests about images that the model has not seen, what is right, and where the square is."""

    requests: list[Request]
    right: list[str]
    boxes: list[tuple[int, int, int, int]]


@pytest.fixture(scope="session")
def namer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that names the colour."""
    return build_trained(tmp_path_factory.mktemp("models") / "namer", letters=False)


@pytest.fixture(scope="session")
def chooser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that gives the letter of the colour."""
    return build_trained(tmp_path_factory.mktemp("models") / "chooser")


def asking(
    folder: Path, many: int, *, letters: bool, probe: Probe | None = None, veils: dict[int, Veil] | None = None
) -> Asking:
    found = Asking([], [], [])
    for index in range(many):
        image, stem, options, gold = draw(index)
        path = folder / f"{index}.png"
        image.save(path)
        part = ImagePart(image_ref(path.read_bytes()), path)
        text = question(stem, options) if letters else stem
        veil = veils[index] if veils else None
        asked = Request(
            f"{index}", "step", (Message("user", (part, text)),), max_tokens=4, probe=probe, veil=veil, vote=index
        )
        found.requests.append(asked)
        found.right.append(gold if letters else options[LETTERS.index(gold)])
        found.boxes.append(square(index))
    return found


def accuracy(outcomes: list[Outcome], right: list[str]) -> float:
    return sum(one.text == gold for one, gold in zip(outcomes, right, strict=True)) / len(right)


def over(box: tuple[int, int, int, int], *, inside: float, outside: float) -> Veil:
    """A veil with a cell a pixel, one weight on the square and another beside it."""
    left, top, right, bottom = box
    columns, rows = range(left, right), range(top, bottom)
    cells = [[inside if x in columns and y in rows else outside for x in range(SIDE)] for y in range(SIDE)]
    return Veil(tuple(map(tuple, cells)))


def shares_on_square(outcomes: list[Outcome], boxes: list[tuple[int, int, int, int]]) -> tuple[float, float]:
    """How much of the grid's attention is on patches that the square touches, and how many of all these are."""
    drawn, even = [], []
    for one, (left, top, right, bottom) in zip(outcomes, boxes, strict=True):
        grid = json.loads(one.text)["grid"]
        touched = [
            share
            for row, shares in enumerate(grid)
            for column, share in enumerate(shares)
            if left < (column + 1) * PATCH
            and column * PATCH < right
            and top < (row + 1) * PATCH
            and row * PATCH < bottom
        ]
        drawn.append(sum(touched) / sum(map(sum, grid)))
        even.append(len(touched) / (SIDE // PATCH) ** 2)
    return sum(drawn) / len(drawn), sum(even) / len(even)


def held_to_what_it_means(model: Path, folder: Path, ask: Ask, *, letters: bool, many: int) -> dict[str, float]:
    """Accuracies, by what was asked and hidden; each way of asking in a run of its own."""
    plain = asking(folder, many, letters=letters)
    found = {}
    ways = {
        "plain": None,
        "square hidden": {place: over(box, inside=0, outside=1) for place, box in enumerate(plain.boxes)},
        "background hidden": {place: over(box, inside=1, outside=0) for place, box in enumerate(plain.boxes)},
    }
    for name, veils in ways.items():
        asked = asking(folder, many, letters=letters, veils=veils)
        outcomes, _ = ask("transformers", model, *asked.requests, batch_size=32)
        found[name] = accuracy(outcomes, asked.right)
    choices = tuple(LETTERS) if letters else NAMES
    asked = asking(folder, many, letters=letters, probe=Probe(choices=choices))
    outcomes, _ = ask("transformers", model, *asked.requests, batch_size=32)
    best = []
    for one in outcomes:
        logprobs = json.loads(one.text)["logprobs"]
        best.append(choices[logprobs.index(max(logprobs))])
    found["by likelihood"] = sum(one == gold for one, gold in zip(best, asked.right, strict=True)) / many
    looking = asking(folder, many, letters=letters, probe=Probe(attention=True))
    outcomes, _ = ask("transformers", model, *looking.requests, batch_size=32)
    found["attention on the square"], found["evenly spread"] = shares_on_square(outcomes, looking.boxes)
    return found


def test_a_model_that_names_colours_needs_the_square_and_nothing_else(namer: Path, tmp_path: Path, ask: Ask) -> None:
    found = held_to_what_it_means(namer, tmp_path, ask, letters=False, many=60)
    assert found["plain"] >= 0.95
    assert found["by likelihood"] >= 0.95
    assert found["square hidden"] <= 0.5
    assert found["background hidden"] >= 0.9
    assert found["attention on the square"] > found["evenly spread"] * 1.2


def test_the_trained_model_is_the_same_each_time(namer: Path, tmp_path: Path) -> None:
    again = build_trained(tmp_path / "again", letters=False)
    assert (again / "model.safetensors").read_bytes() == (namer / "model.safetensors").read_bytes()


@pytest.mark.slow
def test_a_model_that_chooses_letters_needs_the_square_and_nothing_else(
    chooser: Path, tmp_path: Path, ask: Ask
) -> None:
    found = held_to_what_it_means(chooser, tmp_path, ask, letters=True, many=200)
    assert found["plain"] >= 0.95
    assert found["by likelihood"] >= 0.95
    assert found["square hidden"] <= 0.45
    assert found["background hidden"] >= 0.9
    assert found["attention on the square"] > found["evenly spread"] * 1.2


def test_the_images_are_of_all_colours_and_the_letters_of_all_places() -> None:
    drawn = [draw(index) for index in range(200)]
    assert {stem for _, stem, _, _ in drawn} == {STEM}
    for letter in LETTERS:
        assert 30 < sum(gold == letter for *_, gold in drawn) < 70
    for name in NAMES:
        assert 30 < sum(options[LETTERS.index(gold)] == name for _, _, options, gold in drawn) < 70
