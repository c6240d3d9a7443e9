"""``eval`` of real weights, tiny and random: likelihood, attention, veils, what they take."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.app.said import Leadproof
from tests.evaluation.asking.made import lines_of, write_benchmark
from tests.mllm.local.tiny import build

pytestmark = pytest.mark.xdist_group("local")
Found = dict[str, Any]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch

    torch.set_num_threads(1)
    return build(tmp_path_factory.mktemp("weights") / "tiny")


@pytest.fixture
def asked(leadproof: Leadproof, tiny: Path, tmp_path: Path) -> Callable[..., tuple[Found, Path]]:
    """Runs ``eval`` over a small benchmark; gives its figures and its folder."""
    bench = write_benchmark(tmp_path / "bench", pairs=3, premises=1)

    def call(*flags: object) -> tuple[Found, Path]:
        common = ("eval", bench.parent, "--model", tiny, "--run", tmp_path / "run", "--max-tokens", 6, "--json")
        said = leadproof(*common, *flags)
        assert said.code == 0, said.err
        found: Found = json.loads(said.out)
        return found, Path(found["folder"])

    return call


def test_by_likelihood_nothing_is_unread_and_the_likeliest_letter_counts(asked: Callable[..., Any]) -> None:
    found, folder = asked("--by", "likelihood", "--circular")
    rows = lines_of(folder / "replies.jsonl")
    assert found["unread_strict"] == 0
    for row in rows:
        assert row["scores"].keys() == set("ABCD")
        assert row["strict"] == row["official"] == row["text"] == max(row["scores"], key=row["scores"].get)
        assert max(row["scores"].values()) < 0, "logarithms of probabilities"
    assert len(lines_of(folder / "rotations.jsonl")) == 3 * len(rows)
    assert found["circular"]["pairs"] == 3


def test_over_texts_other_figures_come_of_other_choices(asked: Callable[..., Any]) -> None:
    letters, texts = (
        lines_of(asked("--by", "likelihood", "--over", over)[1] / "replies.jsonl") for over in ("letters", "text")
    )
    assert [row["scores"] for row in letters] != [row["scores"] for row in texts]
    assert all(row["scores"].keys() == set("ABCD") for row in texts)


def test_internals_are_shares_and_margins_with_pictures(asked: Callable[..., Any]) -> None:
    _, folder = asked("--internals")
    inside = json.loads((folder / "internals.json").read_text(encoding="utf-8"))
    assert len(inside["questions"]) == 8
    for one in inside["questions"]:
        assert sum(one["mass"].values()) == pytest.approx(1, abs=1e-4)
        assert sum(map(sum, one["grid"])) == pytest.approx(one["mass"]["image"], abs=1e-4)
        assert one["margin"] is not None
    halves = {(row["category"], row["polarity"]): row for row in inside["means"]}
    assert halves["all", "NEG, true premise"]["questions"] == 1
    drawn = sorted((folder / "attention").glob("*.png"))
    assert len(drawn) == 4
    with Image.open(drawn[0]) as picture:
        assert picture.width > 2 * 320
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 100


def test_the_veil_is_of_the_attention_and_its_control_of_the_same_weights(asked: Callable[..., Any]) -> None:
    plain = lines_of(asked("--by", "likelihood")[1] / "replies.jsonl")
    guided = lines_of(asked("--by", "likelihood", "--strategy", "attention-guided")[1] / "replies.jsonl")
    random = lines_of(asked("--by", "likelihood", "--strategy", "attention-random")[1] / "replies.jsonl")
    assert [row["notes"] for row in guided] == [row["notes"] for row in random], "the first pass is one and the same"
    scores = [[row["scores"] for row in rows] for rows in (plain, guided, random)]
    assert scores[0] != scores[1], "the second pass sees another image"
    assert scores[1] != scores[2], "where the weights lie matters"


def test_what_the_weights_take_is_measured_once_and_can_be_left_out(asked: Callable[..., Any]) -> None:
    _, folder = asked("--limit", 1)
    found = json.loads((folder / "efficiency.json").read_text(encoding="utf-8"))
    assert found["parameters"] > found["parameters_language"] > 0
    assert found["vision_tokens"] == 4
    assert found["prefill_flops"] > 0
    _, folder = asked("--limit", 1, "--no-efficiency")
    assert not (folder / "efficiency.json").exists()
