"""A run of clean scene pairs with defects planted into it, and what the filters made of it."""

import random
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas.run import RunFolder
from schemas.tables import to_table
from tests.datagen.filters.planted.planter import DUPLICATES, KINDS, Planted, plant
from tests.e2e.chain import leadproof

_AS_DUPLICATES = {"exact-duplicate", "normalised-duplicate", "near-duplicate", "repeated"}
FITTING: dict[str, set[str]] = {
    "options-alike": {"equal-options", "options-alike"},
    "caption-copying": {"caption-copying"},
    "hedging": {"hedging"},
    "exact-duplicate": _AS_DUPLICATES,
    "paraphrased-duplicate": _AS_DUPLICATES,
    "different-facts": {"slot-change"},
    "answer-form": {"answer-form"},
}
"""Reasons that name a kind's defect. Other reasons count as caught too, and are told apart."""


@dataclass(frozen=True)
class Spoilt:
    """A run whose pairs are clean ones and planted ones."""

    run: RunFolder
    clean: frozenset[str]
    """Ids of clean pairs; those that duplicates were made of are among them, those of other defects are not."""
    planted: tuple[Planted, ...]


@dataclass(frozen=True)
class Fate:
    """What became of one planted pair."""

    planted: Planted
    caught: bool
    fitting: bool
    """Whether a reason that names the kind's defect was given."""
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a spoilt run's pairs."""

    fates: tuple[Fate, ...]
    lost: Mapping[str, str]
    """Clean pairs that were dropped, but for those that lost to their own duplicate, with the reason."""
    clean: int

    def caught(self, kind: str) -> float:
        """The share of a kind's planted pairs that were caught, for whatever reason."""
        fates = [fate for fate in self.fates if fate.planted.kind == kind]
        return sum(fate.caught for fate in fates) / len(fates)

    def missed(self, kind: str, *, most: int = 8) -> str:
        """Some of a kind's planted pairs that were not caught, to be read."""
        fates = [fate for fate in self.fates if fate.planted.kind == kind and not fate.caught]
        return "\n".join(f"{fate.planted.way}: {shown(fate.planted.row)}" for fate in fates[:most])

    def table(self) -> str:
        """A line a kind: planted, caught, for another reason, and the share; then its ways; then what was lost."""
        lines = [f"{'kind':<24}{'planted':>8}{'caught':>8}{'else':>6}{'share':>8}"]
        for kind in KINDS:
            fates = [fate for fate in self.fates if fate.planted.kind == kind]
            lines.append(_line(kind, fates))
            for way in sorted({fate.planted.way for fate in fates}):
                lines.append(_line(f"  {way}", [fate for fate in fates if fate.planted.way == way]))
        reasons = Counter(self.lost.values())
        return "\n".join([*lines, f"clean pairs lost: {len(self.lost)} of {self.clean} {dict(reasons)}"])


def scenes(folder: Path, count: int, *, seed: int = 0) -> RunFolder:
    """A run of drawn scenes and the pairs that rules make of them."""
    run = RunFolder.create(folder)
    with run.writing():
        draw_into(run, count, seed=seed, size=96)
        generate(run)
    return run


def copy_of(run: RunFolder, folder: Path) -> RunFolder:
    """The run once more, in a folder of its own."""
    shutil.copytree(run.path, folder)
    return RunFolder.open(folder)


def pair_rows(run: RunFolder) -> list[dict[str, Any]]:
    """The run's pairs as rows."""
    rows: list[dict[str, Any]] = run.require("generate").table("pairs").to_pylist()
    return rows


def captions_of(run: RunFolder) -> dict[str, list[str]]:
    """The run's captions by image."""
    found: dict[str, list[str]] = {}
    for row in run.require("ingest").table("captions").to_pylist():
        found.setdefault(row["image"], []).append(row["text"])
    return found


def spoil(run: RunFolder, *, clean: int, each: int, seed: int = 0) -> Spoilt:
    """Leave so many clean pairs in a run and add so many planted ones of each kind.

    Args:
        run: A run with more pairs than are asked for; a new ``generate`` stage takes their place.
        clean: How many clean pairs.
        each: How many planted pairs of each kind. No pair is made into two.
        seed: Of all choices.
    """
    rows, captions = pair_rows(run), captions_of(run)
    planted: list[Planted] = []
    for kind in KINDS:
        taken = {one.origin for one in planted}
        planted += plant(rows, captions, kind, each, seed, taken=taken)
    beside = {one.origin for one in planted if one.kind in DUPLICATES}
    replaced = {one.origin for one in planted} - beside
    free = sorted(row["pair_id"] for row in rows if row["pair_id"] not in replaced | beside)
    chosen = beside | set(random.Random(seed).sample(free, clean - len(beside)))
    with_planted(run, [row for row in rows if row["pair_id"] in chosen], [one.row for one in planted])
    return Spoilt(run, frozenset(chosen), tuple(planted))


def with_planted(run: RunFolder, clean: Sequence[Mapping[str, Any]], planted: Sequence[Mapping[str, Any]]) -> None:
    """Commit a ``generate`` stage that holds these pairs, as if a generator had made them all."""
    before = run.require("generate").manifest
    rows = sorted([*clean, *planted], key=lambda row: str(row["pair_id"]))
    with run.writing(), run.stage("generate") as stage:
        stage.table("pairs", to_table("pairs", rows))
        stage.table("drops", to_table("drops", []))
        stage.commit(
            inputs=before.inputs, config=before.config, generator=before.generator, counts={"pairs": len(rows)}
        )


def filtered(spoilt: Spoilt, *options: str) -> Outcome:
    """Run the whole filter over it, as a user does, and see what became of its pairs."""
    said = leadproof("filter", "--run", spoilt.run.path, *options, timeout=1_800)
    if said.returncode:
        raise AssertionError(said.stderr)
    stage = spoilt.run.require("filter")
    kept = Counter(row["pair_id"] for row in stage.table("kept").to_pylist())
    reasons: dict[str, list[str]] = {}
    for row in stage.table("drops").to_pylist():  # a row that holds the same pair again has no id of its own
        reasons.setdefault(row["pair_id"] or row["lost_to"], []).append(row["reason"])
    fates = tuple(_fate(one, kept, reasons) for one in spoilt.planted)
    excused = {
        fate.planted.origin
        for fate in fates
        if fate.planted.kind in DUPLICATES and kept[fate.planted.row["pair_id"]]
        and _AS_DUPLICATES & set(reasons.get(fate.planted.origin, ()))
    }  # fmt: skip
    lost = {one: ", ".join(reasons.get(one, ["?"])) for one in spoilt.clean if not kept[one] and one not in excused}
    return Outcome(fates, lost, len(spoilt.clean))


def shown(row: Mapping[str, Any]) -> str:
    """A row on one line."""
    halves = [
        f"{row[half]['text']} [{' / '.join(option['text'] for option in row[half]['options'])}]"
        for half in ("positive", "negative")
    ]
    return re.sub(r"\s+", " ", f"{' | '.join(halves)} fact: {row['fact']} premise: {row['premise']}")


def _fate(planted: Planted, kept: Mapping[str, int], reasons: Mapping[str, Sequence[str]]) -> Fate:
    one, origin = planted.row["pair_id"], planted.origin
    if planted.kind not in DUPLICATES:
        told = tuple(reasons.get(one, ()))
        caught = not kept.get(one)
    else:
        told = tuple(reasons.get(one, ())) or tuple(reasons.get(origin, ()))
        left = kept.get(one, 0) + (kept.get(origin, 0) if origin != one else 0)
        caught = left <= 1 and bool(told)
    return Fate(planted, caught, caught and bool(FITTING[planted.kind] & set(told)), told)


def _line(name: str, fates: Sequence[Fate]) -> str:
    caught = sum(fate.caught for fate in fates)
    other = sum(fate.caught and not fate.fitting for fate in fates)
    why = Counter(", ".join(fate.reasons) for fate in fates if fate.caught and not fate.fitting)
    return f"{name:<48}{len(fates):>6}{caught:>6}{other:>6}{caught / len(fates):>8.1%}  {dict(why) or ''}"
