"""Runs whose pairs a model made with wrong keys on purpose, and how many of these a verifier finds."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from datagen.filters import Choices, Verifying, filter_pairs
from datagen.filters.verification.votes import CONTRADICTIONS
from datagen.generators import generate
from datagen.generators.mllm import generate_with_model
from datagen.scenes.stage import draw_into
from mllm import Ways
from mllm.patience import Tries
from schemas import Pair
from schemas.run import RunFolder
from schemas.tables import pairs_of
from tests.model_server import ModelServer

QUICK = Tries(first_wait=0.02, longest_wait=0.2)


def ways(server: ModelServer, model: str = "gpt-4o-mini", **more: object) -> Ways:
    options: dict[str, object] = {"concurrency": 32, "tries": QUICK, **more}
    return Ways("openai", model, server.base_url, **options)  # type: ignore[arg-type]


def drawn(path: Path, scenes: int) -> RunFolder:
    run = RunFolder.create(path)
    with run.writing():
        draw_into(run, scenes, size=224)
    return run


def ruled(path: Path, scenes: int) -> Path:
    """A run with pairs that rules made, so that all keys are right."""
    run = drawn(path, scenes)
    with run.writing():
        generate(run, per_image=2)
    return path


def pairs(run: RunFolder) -> dict[str, Pair]:
    return {pair.pair_id: pair for pair in pairs_of(run.require("generate").table("pairs"))}


def dropped(run: RunFolder) -> dict[str, str]:
    """Reasons by pair."""
    return {row["pair_id"]: row["reason"] for row in run.require("filter").table("drops").to_pylist()}


def states(run: RunFolder) -> Counter[str | None]:
    return Counter(run.require("filter").table("kept")["verification"].to_pylist())


# Filters that read off the text that some wrong keys cannot be right: here it is verifiers that are measured.
BY_TEXT = ("hedging", "caption_copying", "option_similarity", "answer_form", "slot_change", "near_duplicates")


@dataclass(frozen=True)
class Figures:
    """Pairs that were verified, by whether their key is wrong, and what became of them."""

    wrong: Counter[str]
    right: Counter[str]

    @property
    def found(self) -> float:
        """Share of the wrong keys that were dropped as a fault of the pair."""
        return sum(self.wrong[reason] for reason in CONTRADICTIONS) / self.wrong.total()

    @property
    def lost(self) -> float:
        """Share of the right pairs that were dropped for a wrong key or premise, or undecided; leaks apart."""
        return sum(self.right[reason] for reason in (*CONTRADICTIONS, "undecided")) / self.right.total()


def figures(path: Path, *, scenes: int, per_image: int, seed: int) -> Figures:
    """Make pairs of which a tenth have a wrong key, verify them with a verifier of 5 % noise, and count."""
    run = drawn(path, scenes)
    with ModelServer(run=path, seed=seed, wrong_key_rate=0.1, noise=0.05) as server, run.writing():
        generate_with_model(run, ways(server, "gpt-4o"), per_image=per_image)
        injected = {(one.image, one.positive, one.negative) for one in server.wrong_keys}
        filter_pairs(run, Verifying([ways(server)]), Choices(without=BY_TEXT))
    scored = run.require("filter").path / "scores.parquet"
    assert scored.is_file()
    reasons, counted = dropped(run), Figures(Counter(), Counter())
    for pair_id, pair in pairs(run).items():
        key = (pair.positive.image, pair.positive.text, pair.negative.text)
        (counted.wrong if key in injected else counted.right)[reasons.get(pair_id, "kept")] += 1
    return counted
