"""``filter``: every filter scores all pairs, then they decide in order; what is left is verified and kept."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from datagen.filters.contract import Filter
from datagen.filters.deciding import Decisions, imported
from datagen.filters.registry import FILTERS
from datagen.filters.scoring import columns_of, scores_of, with_columns
from datagen.filters.verification.decision import Verification, VerificationSettings
from datagen.filters.verification.stage import Progress, Voted, ask_verifiers, described
from mllm import Ways
from schemas.config import checked
from schemas.errors import BadConfig
from schemas.ledger import drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import to_table


@dataclass(frozen=True)
class Filtered:
    """What ``filter`` did; ``changed`` is False where the same was done before."""

    manifest: Manifest
    changed: bool
    voted: Voted | None = None


@dataclass(frozen=True)
class Verifying:
    """Which models verify, and who is told how it goes."""

    verifiers: Sequence[Ways] = ()
    on_pairs: Callable[[int], None] = field(default=lambda _: None)  # pairs times verifiers, once
    on_progress: Callable[[Progress], None] = field(default=lambda _: None)


def filter_pairs(
    run: RunFolder,
    verifying: Verifying = Verifying(),
    *,
    without: Sequence[str] = (),
    apply: bool = False,
    on_pairs: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Filtered:
    """Score and decide on all pairs of a run; the caller holds the run folder's lock.

    Args:
        run: The run.
        verifying: Models that verify what the filters leave; none by default.
        without: Names of filters to leave out.
        apply: Whether filters of content drop imported pairs too; else they only report these.
        on_pairs: Called once with the number of pairs.
        on_progress: Called with how many more are scored.

    Raises:
        MissingStage: There are no pairs yet.
        UnknownName: ``without`` or leadproof.toml names a filter that does not exist.
        BadConfig: A filter's table in leadproof.toml is wrong, or a verifier cannot be asked as it is wanted.
        WorkFailed: A verifier's server fails on and on; nothing is committed, what was received is kept.
    """
    began = time.monotonic()
    filters, verification = chosen_filters(run, without), chosen_verification(run)
    generated = run.require("generate")
    config: dict[str, Any] = {one.name: one.settings.model_dump() for one in filters} | {"apply": apply}
    inputs = {"generate": generated.manifest.ref}
    config[verification.name] = None
    if verifying.verifiers:
        config[verification.name] = described(run, verifying.verifiers) | verification.settings.model_dump()
        inputs["ingest"] = run.require("ingest").manifest.ref  # which images are at hand, and which may leave
    before = run.current("filter")
    same = before and before.manifest.made_from(inputs=inputs, sources={}, config=config)
    if before and same and not before.manifest.notes.get("open"):
        return Filtered(before.manifest, changed=False)

    pairs = generated.table("pairs")
    on_pairs(len(pairs))
    scores = scores_of(pairs, filters, on_progress)
    decisions = Decisions(frozenset() if apply else imported(pairs))
    for one in filters:
        decisions.take(one, scores)
    voted, verified = None, frozenset[str]()
    if verifying.verifiers:
        voted = ask_verifiers(
            run, decisions.left(pairs), verifying.verifiers,
            on_pairs=verifying.on_pairs, on_progress=verifying.on_progress,
        )  # fmt: skip
        scores = with_columns(verification, scores, voted.table(scores["pair_id"].to_pylist()))
        decisions.take(verification, scores)
        verified = _newly_verified(pairs, verification.verified(columns_of(verification, scores)))
    with run.stage("filter", since=began) as stage:
        path = stage.path / "scores.parquet"
        pq.write_table(scores, path, compression="zstd")
        stage.add(path, rows=len(scores))
        stage.table("drops", drops_table(decisions.drops))
        stage.table("edges", to_table("edges", []))
        kept = _kept(decisions.left(pairs.select(["pair_id"])), verified)
        stage.table("kept", kept)
        counts = {"pairs": len(pairs), "kept": len(kept)}
        if voted:
            counts["model-verified"] = len(kept) - kept["verification"].null_count
        manifest = stage.commit(
            inputs=inputs,
            config=config,
            counts=counts,
            drops=dict(sorted(Counter(drop.reason for drop in decisions.drops).items())),
            notes={
                "dropped in order": decisions.in_order,
                "dropped alone": decisions.alone,
                "reported on imported pairs": decisions.reported,
                "without": sorted(without),
                **(_votes_noted(voted) if voted else {}),
            },
            **(_spending(voted) if voted else {}),
        )
    return Filtered(manifest, True, voted)


def chosen_filters(run: RunFolder, without: Sequence[str] = ()) -> list[Filter]:
    """The run's filters with their settings, in the order they decide."""
    for name in (*without, *run.settings.filter):
        if name != Verification.name or name in without:
            FILTERS.get(name)
    filters: list[Filter] = []
    for name in FILTERS.names():
        if name not in without:
            kind = FILTERS.get(name)
            given = run.settings.filter.get(name, {})
            settings = checked(type(kind().settings), given, where=f"leadproof.toml [filter.{name}]")
            filters.append(kind(settings))
    if not filters:
        raise BadConfig("every filter was left out", fix="Leave one in.")
    return filters


def chosen_verification(run: RunFolder) -> Verification:
    """How the run decides on verifiers' votes."""
    given = run.settings.filter.get(Verification.name, {})
    return Verification(checked(VerificationSettings, given, where=f"leadproof.toml [filter.{Verification.name}]"))


def _newly_verified(pairs: pa.Table, confirmed: Sequence[str]) -> frozenset[str]:
    """Those of the confirmed pairs of which nobody has said more before."""
    unverified = pairs.filter(pc.equal(pairs["verification"], "unverified"))["pair_id"].to_pylist()
    return frozenset(confirmed) & frozenset(unverified)


def _kept(left: pa.Table, verified: frozenset[str]) -> pa.Table:
    """What is kept, with its rank and, where verifiers found out more than was known, its state."""
    rows = [
        {
            "rank": rank,
            "pair_id": row["pair_id"],
            "verification": "model-verified" if row["pair_id"] in verified else None,
        }
        for rank, row in enumerate(left.to_pylist(), 1)
    ]
    return to_table("kept", rows)


def _votes_noted(voted: Voted) -> dict[str, Any]:
    left = voted.open
    noted = {"votes": voted.cast, "not verified": dict(sorted(voted.unverified.items()))}
    return {**noted, "open": left} if left else noted


def _spending(voted: Voted) -> dict[str, Any]:
    tally = voted.tally
    return {"model": ", ".join(voted.models), "tokens": tally.tokens, "usd": round(tally.usd or 0.0, 6)}
