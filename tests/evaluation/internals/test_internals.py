"""What was measured inside, counted by hand; and the pictures of it."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evaluation.asking.chain import Asked, Said, inside_of
from evaluation.internals import Inside, draw_attention, summarise
from evaluation.item import Item
from evaluation.score import reading_of
from mllm import ImagePart, Outcome
from schemas.errors import BadInput
from schemas.identity import image_ref
from schemas.pair import Kind

MASS = {"system": 0.1, "image": 0.4, "question": 0.3, "other": 0.2}


def one(half: str, category: str, image: float, margin: float | None, *, kind: Kind = "false-premise") -> Inside:
    mass = {"system": 0.0, "image": image, "question": 1 - image, "other": 0.0}
    return Inside(f"{category}/1", half, category, kind, (margin or 0) > 0, mass, margin, [[image]])


def test_means_are_by_polarity_and_category_all_first() -> None:
    rows = summarise([
        one("POS", "a/x", 0.2, 1.0), one("POS", "a/x", 0.4, 3.0), one("POS", "b/y", 0.6, None),
        one("NEG", "a/x", 0.1, -2.0), one("NEG", "b/y", 0.9, 5.0, kind="true-premise"),
    ])  # fmt: skip
    found = {(row["category"], row["polarity"]): row for row in rows}
    assert list(found) == [
        ("all", "POS"), ("all", "NEG, true premise"), ("all", "NEG"),
        ("a/x", "POS"), ("a/x", "NEG"), ("b/y", "POS"), ("b/y", "NEG, true premise"),
    ]  # fmt: skip
    everything = found["all", "POS"]
    assert (everything["questions"], everything["margin"], everything["right"]) == (3, 2.0, 2 / 3)
    assert everything["image"] == pytest.approx(0.4)
    assert found["b/y", "POS"]["margin"] is None
    assert found["all", "NEG"]["margin"] == -2.0
    assert all(sum(row[part] for part in MASS) == pytest.approx(1) for row in rows)
    assert summarise([]) == []


def asked(gold: str, logprobs: list[float], *, options: str = "ABC") -> Asked:
    item = Item("a/x/1", "POS", "false-premise", "a/x", "i", "t", "t", dict.fromkeys(options, "text"), gold, 1)
    replies = json.dumps({"text": "B", "mass": MASS, "grid": []}), json.dumps({"logprobs": logprobs, "tokens": [1]})
    said = Said(0, Outcome("k", "ok", "B"), reading_of(item, "B", "B"))
    return Asked(item, (said,), inside=tuple(Outcome("k", "ok", text) for text in replies))


def test_the_margin_is_that_over_the_best_wrong_letter() -> None:
    right, wrong = inside_of(asked("B", [-3.0, -1.0, -2.0])), inside_of(asked("C", [-3.0, -1.0, -2.0]))
    assert right is not None
    assert wrong is not None
    assert (right.margin, right.right) == (1.0, True)
    assert (wrong.margin, wrong.right) == (-1.0, False)
    assert right.mass == MASS


def test_without_a_right_letter_there_is_no_margin() -> None:
    found = inside_of(asked("E", [-3.0, -1.0, -2.0]))
    assert found is not None
    assert found.margin is None


@pytest.fixture
def image(tmp_path: Path) -> ImagePart:
    path = tmp_path / "i.png"
    Image.new("RGB", (64, 64), (120, 120, 120)).save(path)
    return ImagePart(image_ref(path.read_bytes()), path)


def half(grid: list[list[float]], question_type: str = "POS") -> Inside:
    return Inside("a/x/1", question_type, "a/x", "false-premise", True, MASS, 1.25, grid)


def warmth(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """How much redder than blue each pixel of a picture is."""
    with Image.open(path) as opened:
        pixels = np.asarray(opened.convert("RGB"), float)
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = pixels[..., 0] - pixels[..., 2]
    return found


def test_the_picture_is_warm_where_attention_went_and_holds_both_halves(image: ImagePart, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    draw_attention(image, [(half([[1, 0], [0, 0]]), "Q?"), (half([[0, 0], [0, 1]], "NEG"), "Why?")], path)
    warm = warmth(path)
    top, left, wide = warm.shape[0] - 12 - 320, 12, 320
    first = warm[top : top + wide, left : left + wide]
    second = warm[top : top + wide, left + wide + 12 : left + 2 * wide + 12]
    assert first[:100, :100].mean() > 60 > 5 > abs(first[220:, 220:].mean())
    assert second[220:, 220:].mean() > 60 > 5 > abs(second[:100, :100].mean())


def test_a_hostile_question_and_no_attention_at_all_are_drawn_as_well(image: ImagePart, tmp_path: Path) -> None:
    for place, grid in enumerate(([], [[0.0, 0.0]], [[1e-9]])):
        path = tmp_path / f"{place}.png"
        draw_attention(image, [(half(grid), "\x1b[2J‮<script>" + "日本" * 3_000)], path)
        with Image.open(path) as opened:
            assert opened.format == "PNG"


def test_an_image_that_is_gone_is_named(image: ImagePart, tmp_path: Path) -> None:
    image.path.unlink()
    with pytest.raises(BadInput, match=r"i\.png"):
        draw_attention(image, [(half([[1.0]]), "Q?")], tmp_path / "out.png")
