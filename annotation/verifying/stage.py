"""``annotate verified``: the consensus of people's verdicts, committed as ``verify/``."""

import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import AtHand, at_hand
from annotation.gold import broken_ids
from annotation.places import ASSIGNMENTS, GOLD, VERDICTS
from annotation.settings import annotate_settings
from annotation.verifying.corrections import Check, unchecked
from annotation.verifying.sampling import Sampled, sampled
from annotation.verifying.settle import Settled, settle
from annotation.votes import Label
from schemas.appended import content_mark
from schemas.errors import MissingStage
from schemas.ledger import drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import pair_row, to_table


@dataclass(frozen=True)
class Verified:
    """What ``verified`` did; ``changed`` is False where nothing was new."""

    manifest: Manifest
    changed: bool


def verify(run: RunFolder, check: Check = unchecked) -> Verified:
    """Commit what people's verdicts come to; the caller holds the run folder's lock.

    Args:
        run: The run.
        check: The filters that corrections pass.

    Raises:
        MissingStage: Nobody has judged anything yet, or pairs were not filtered.
    """
    began = time.monotonic()
    settings = annotate_settings(run)
    inputs = {name: run.require(name).manifest.ref for name in ("ingest", "generate", "filter")}
    marks = {path.name: content_mark(run.path / path) for path in (VERDICTS, ASSIGNMENTS, GOLD)}
    sources = {name: mark for name, mark in marks.items() if mark}
    if VERDICTS.name not in sources:
        fix = f"Run `leadproof annotate pull --run {run.path}` once annotators have judged some."
        raise MissingStage("no verdicts yet", where=str(run.path / VERDICTS), fix=fix)
    config: dict[str, Any] = {name: getattr(settings, name) for name in ("owner", "consensus", "confidence")}
    before = run.current("verify")
    if before and before.manifest.made_from(inputs=inputs, sources=sources, config=config):
        return Verified(before.manifest, changed=False)
    hand = at_hand(run, some_kept=False)
    settled = settle(hand, settings, check)
    assignments = read_assignments(run)
    samples = sampled(settled, assignments)
    rows = _rows(hand, settled, samples, assignments)
    with run.stage("verify", since=began) as stage:
        stage.table("verified", to_table("verified", rows))
        kept = sorted(settled.corrections.pairs.items())
        stage.table("pairs", to_table("pairs", [pair_row(pair) for _, pair in kept]))
        stage.table("drops", drops_table(settled.drops))
        manifest = stage.commit(
            inputs=inputs,
            sources=sources,
            config=config,
            counts=_counts(settled, rows),
            drops=dict(sorted(Counter(drop.reason for drop in settled.drops).items())),
            notes={
                "prior": settled.result.prior,
                "skills": {name: _skill(one) for name, one in settled.result.skills.items()},
                "samples": {name: asdict(one) for name, one in samples.items()},
            },
        )
    return Verified(manifest, changed=True)


def _rows(
    hand: AtHand, settled: Settled, samples: dict[str, Sampled], assignments: list[Assignment]
) -> list[dict[str, Any]]:
    """Verified pairs, then those that a sample stands for; by id. Broken ones are kept out here once more."""
    broken = broken_ids(hand.gold)
    said: dict[str, set[Label | None]] = defaultdict(set)
    for vote in settled.votes:
        said[vote.pair_id].add(vote.label)
    rows = []
    for pair_id in set(settled.verified) - broken:
        found = settled.result.by_pair.get(pair_id)
        trusted = pair_id in settled.trusted
        rows.append(
            {
                "pair_id": pair_id,
                "verification": "human-verified",
                "confidence": 1.0 if trusted else found.confidence if found else None,
                "votes": (found.votes if found else 0) + trusted,
                "unanimous": "invalid" not in said[pair_id],
                "by": "owner" if trusted else "consensus",
            }
        )
    judged = {one.pair_id for one in assignments} | {one.pair_id for one in settled.votes} | set(settled.gold)
    judged |= {one.pair_id for one in settled.drops if one.pair_id}
    rows += [
        {"pair_id": pair_id, "verification": "sampled", "votes": 0, "by": "sample"}
        for pair_id, pair in hand.kept.items()
        if pair_id not in judged | broken and hand.group(pair) == "train" and _complete(samples.get(pair.category))
    ]
    return sorted(rows, key=lambda row: str(row["pair_id"]))


def _complete(sample: Sampled | None) -> bool:
    return sample is not None and sample.open == 0


def _counts(settled: Settled, rows: list[dict[str, Any]]) -> dict[str, int]:
    states = Counter(row["verification"] for row in rows)
    return {
        "verdicts": len(settled.verdicts),
        "human-verified": states["human-verified"],
        "sampled": states["sampled"],
        **{name: number for name, number in settled.counts.items() if name != "verified"},
    }


def _skill(one: Any) -> dict[str, Any]:
    return {"valid": round(one.valid, 4), "invalid": round(one.invalid, 4), "judged": one.judged}
