"""Evaluations as `leadproof eval` leaves them, made by hand."""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.board.published import published
from evaluation.score import score_readings
from evaluation.scores import Reading
from schemas.run import RunFolder

DIGEST = "0123456789abcdef"
FEW = {"attribute/number": 12, "context/expert": 8, "attribute/shape": 10}
EFFICIENCY = {
    "parameters": 3_184_000_000, "parameters_vision": 428_000_000, "parameters_language": 2_700_000_000,
    "image_resolution": 384, "vision_tokens": 729, "prefill_flops": 4.61e12, "time_to_first_token_s": 0.1834,
    "tokens_per_s": 31.26, "peak_memory_bytes": 7_340_000_000, "device": "cuda",
    "prompt_tokens": 801, "memory": "cuda-allocated", "dtype": "bfloat16",
}  # fmt: skip


def pairs_of(counts: Mapping[str, int], *, skill: float, seed: int = 0, readable: float = 0.97) -> list[Reading]:
    """Readings of a model that is right so often; the readers do not always read the same."""
    draw = random.Random(seed)
    made: list[Reading] = []
    for category, pairs in counts.items():
        for number in range(1, pairs + 1):
            for polarity in ("POS", "NEG"):
                right = draw.random() < (skill if polarity == "POS" else 0.92 * skill)
                letter = "B" if right else draw.choice("ACD")
                made.append(
                    Reading(
                        id=f"{category}/{number:02d}",
                        question_type=polarity,
                        kind="false-premise",
                        category=category,
                        image=f"{category}/{number // 2:02d}.jpg",
                        gold="B",
                        official=letter if draw.random() < readable else "E",
                        strict=letter if draw.random() < readable else None,
                        row=len(made) + 1,
                    )
                )
    return made


def true_premises(many: int, *, skill: float, seed: int = 1) -> list[Reading]:
    draw = random.Random(seed)
    return [
        Reading(
            id=f"attribute/shape/t{number}", question_type="NEG", kind="true-premise", category="attribute/shape",
            image=f"t{number}.jpg", gold="A", official=letter, strict=letter if number else None,
        )
        for number in range(many)
        for letter in ("A" if draw.random() < skill else "B",)
    ]  # fmt: skip


def contrasts(many: int, *, skill: float, seed: int = 2) -> list[Reading]:
    draw = random.Random(seed)
    return [
        Reading(
            id=f"pope/random/{number}", question_type=polarity, kind="contrast", category="pope/random",
            image=f"p{number}.jpg", gold=gold, official=letter, strict=letter, yes_no=True,
        )
        for number in range(many)
        for polarity, gold, other in (("POS", "A", "B"), ("NEG", "B", "A"))
        for letter in (gold if draw.random() < skill else other,)
    ]  # fmt: skip


def released(*, skill: float, seed: int = 0) -> list[Reading]:
    """Readings of as many pairs as MMR has."""
    return pairs_of(published().pairs, skill=skill, seed=seed)


def evaluation(
    run: Path,
    readings: Sequence[Reading],
    *,
    model: str = "tiny",
    benchmark: str = "scenes",
    digest: str = DIGEST,
    ways: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
    efficiency: Mapping[str, Any] | None = None,
    folder: str = "",
) -> Path:
    """Write an evaluation into a run folder; returns its numbered folder."""
    name = folder or f"m{len(list(run.glob('eval/*/*')))}"
    rows = [dict(vars(one)) for one in readings]
    scores = {**score_readings(readings).to_json(), **(more or {})}
    with RunFolder.create(run).stage(f"eval/{benchmark}/{name}") as writer:
        files = {"rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows), "scores.json": json.dumps(scores)}
        if efficiency is not None:
            files["efficiency.json"] = json.dumps(efficiency)
        for file, text in files.items():
            (writer.path / file).write_text(text, encoding="utf-8")
            writer.add(writer.path / file)
        config = {"benchmark": benchmark, "digest": digest, "unusual": list(ways), "blind": "blind" in ways}
        writer.commit(model=model, config=config)
    return writer.path
