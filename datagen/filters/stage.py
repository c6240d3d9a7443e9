"""``filter``: every filter scores all pairs, then they decide in order; what is left is ranked and chosen from."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from datagen.filters.at_hand import AtHand, Space
from datagen.filters.choices import Choices, Thinning
from datagen.filters.choosing import Chosen, choose, scored
from datagen.filters.contract import Filter
from datagen.filters.deciding import Decisions, imported
from datagen.filters.difficulty import Difficulty, difficulties
from datagen.filters.measuring import Measured, measure
from datagen.filters.near_duplicates import NearDuplicates
from datagen.filters.near_duplicates.filter import Known
from datagen.filters.plan import Plan
from datagen.filters.progress import Watching, unwatched
from datagen.filters.scoring import columns_of, with_columns
from datagen.filters.stored import stored_scores
from datagen.filters.verification.decision import Verification
from datagen.filters.verification.stage import Progress, Voted, ask_verifiers
from mllm import Ways
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest, StageRef
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
    choices: Choices = Choices(),  # noqa: B008 - frozen
    *,
    again: bool = False,
    watching: Watching = unwatched,
) -> Filtered:
    """Score and decide on all pairs of a run; the caller holds the run folder's lock.

    Args:
        run: The run.
        verifying: Models that verify what the filters leave; none by default.
        choices: What decides beside the settings of the run.
        again: Whether to decide again from the scores and edges that the last ``filter`` stored.
        watching: Who is told how it goes.

    Raises:
        MissingStage: There are no pairs yet, or nothing was filtered that could be decided again.
        UnknownName: ``without`` or leadproof.toml names a filter that does not exist.
        BadConfig: A table in leadproof.toml is wrong, a model is not to be had, a verifier cannot be asked as it is
            wanted, or what is stored is not enough to decide by.
        WorkFailed: A verifier's server fails on and on; nothing is committed, what was received is kept.
    """
    began = time.monotonic()
    before = run.require("filter") if again else run.current("filter")
    plan = Plan.again(run, choices, before.manifest) if again and before else Plan.of(run, choices, verifying.verifiers)
    pairs, repeated = _once(run.require("generate").table("pairs"))
    inputs = {name: stage.manifest.ref for name in ("ingest", "generate") if (stage := run.current(name))}
    with AtHand(run, text_model=plan.choices.text_model, image_model=plan.choices.image_model) as models:
        stored = stored_scores(before, pairs, plan.filters) if again and before else None
        config = plan.config_again(before.manifest, len(stored.without)) if stored and before else plan.config(models)
        same = before and before.manifest.made_from(inputs=inputs, sources={}, config=config)
        if before and same and not (verifying.verifiers and before.manifest.notes.get("open")):
            return Filtered(before.manifest, changed=False)
        space = Space(pairs, models, watching)
        measured = stored or measure(run, pairs, plan.filters, models, space, watching)
        spared = frozenset[str]() if plan.choices.apply else imported(pairs)
        work = _Work(plan, pairs, measured, Decisions(spared, repeated))
        work.decide(space, verifying)
        left, scores = work.decisions.left(pairs), work.decisions.left(measured.scores)
        chosen = choose(left, scores, space, plan.choices, plan.ranking, watching)
    notes = {"decided again": before.path.name} if again and before else {}
    return Filtered(_commit(work, chosen, inputs, config, notes, since=began), True, work.voted)


def select_pairs(run: RunFolder, thinning: Thinning, *, watching: Watching = unwatched) -> Filtered:
    """Thin out the pairs that a run keeps, to a coreset; the caller holds the run folder's lock.

    It is the last ``filter`` once more, decided from what it stored under the same choices, with a coreset after it.

    Raises:
        As :func:`filter_pairs`.
    """
    thinning.check()
    told = run.require("filter").manifest.config.get("choices", {})
    return filter_pairs(run, choices=replace(Choices.from_told(told), thinning=thinning), again=True, watching=watching)


@dataclass
class _Work:
    """Deciding, filter by filter."""

    plan: Plan
    pairs: pa.Table
    measured: Measured
    decisions: Decisions
    voted: Voted | None = None
    verified: frozenset[str] = frozenset()

    def decide(self, space: Space, verifying: Verifying) -> None:
        """Let all filters decide in order; verifiers are asked about what is left when their turn comes."""
        self.decisions.leave_out(self.measured.without)
        for one in self.plan.filters:
            if isinstance(one, Verification):
                self._verify(one, verifying)
            elif isinstance(one, Difficulty) and Verification.name not in self.plan.choices.without:
                votes = columns_of(Verification(), self.measured.scores)
                self.measured.scores = with_columns(one, self.measured.scores, difficulties(votes))
            self.decisions.take(self._knowing(one, space), self.measured.scores)
            if isinstance(one, Verification):
                confirmed = one.verified(columns_of(one, self.measured.scores))
                self.verified = _newly_verified(self.pairs, confirmed)

    def _verify(self, one: Verification, verifying: Verifying) -> None:
        if verifying.verifiers:
            self.voted = ask_verifiers(
                self.plan.run, self.decisions.left(self.pairs), verifying.verifiers,
                on_pairs=verifying.on_pairs, on_progress=verifying.on_progress,
            )  # fmt: skip
            votes = self.voted.table(self.measured.scores["pair_id"].to_pylist())
            self.measured.scores = with_columns(one, self.measured.scores, votes)

    def _knowing(self, one: Filter, space: Space) -> Filter:
        """A filter with all that it decides by."""
        if not isinstance(one, NearDuplicates):
            return one
        ids, scores = self.pairs["pair_id"].to_pylist(), self.measured.scores
        rated = scored(self.pairs, scores, self.plan.ranking).score.tolist()
        shown = scores["grounding.fact"].to_pylist() if "grounding.fact" in scores.column_names else []
        return one.knowing(
            Known(
                self.measured.edges,
                quality=dict(zip(ids, rated, strict=True)),
                image_text={one: value for one, value in zip(ids, shown, strict=False) if value is not None},
                vectors=space.of if space.there else None,
            )
        )


def _commit(
    work: _Work,
    chosen: Chosen,
    inputs: dict[str, StageRef],
    config: dict[str, Any],
    notes: dict[str, Any],
    *,
    since: float,
) -> Manifest:
    decisions, measured, voted = work.decisions, work.measured, work.voted
    drops = [*decisions.drops, *chosen.drops]
    with work.plan.run.stage("filter", since=since) as stage:
        path = stage.path / "scores.parquet"
        pq.write_table(measured.scores, path, compression="zstd")
        stage.add(path, rows=len(measured.scores))
        stage.table("drops", drops_table(drops))
        stage.table("edges", measured.edges)
        kept = _kept(chosen, work.verified)
        stage.table("kept", kept)
        counts = {"pairs": len(work.pairs), "kept": len(kept)}
        if voted or work.verified:
            counts["model-verified"] = len(kept) - kept["verification"].null_count
        return stage.commit(
            inputs=inputs,
            config=config,
            counts=counts,
            drops=dict(sorted(Counter(drop.reason for drop in drops).items())),
            notes={
                "dropped in order": decisions.in_order,
                "dropped alone": decisions.alone,
                "reported on imported pairs": decisions.reported,
                "without": sorted(work.plan.choices.without),
                "not measured": measured.not_measured,
                **chosen.notes,
                **notes,
                **(_votes_noted(voted) if voted else {}),
            },
            **(_spending(voted) if voted else {}),
        )


def _once(pairs: pa.Table) -> tuple[pa.Table, list[Drop]]:
    """Each pair once, and what stood there again: a table that others put together may hold the same pair twice."""
    ids = pairs["pair_id"].to_pylist()
    first = {one: place for place, one in reversed(list(enumerate(ids)))}
    if len(first) == len(ids):
        return pairs, []
    again = [Drop("repeated", lost_to=one) for place, one in enumerate(ids) if first[one] != place]
    return pairs.take(sorted(first.values())), again


def _newly_verified(pairs: pa.Table, confirmed: Sequence[str]) -> frozenset[str]:
    """Those of the confirmed pairs of which nobody has said more before."""
    unverified = pairs.filter(pc.equal(pairs["verification"], "unverified"))["pair_id"].to_pylist()
    return frozenset(confirmed) & frozenset(unverified)


def _kept(chosen: Chosen, verified: frozenset[str]) -> pa.Table:
    """What is kept, with rank and score and, where verifiers found out more than was known, its state."""
    rows = []
    for rank, one in enumerate(chosen.ids, 1):
        positive, negative = chosen.orders.get(one, (None, None))
        rows.append(
            {
                "rank": rank,
                "pair_id": one,
                "score": chosen.score.get(one),
                "verification": "model-verified" if one in verified else None,
                "positive_order": positive,
                "negative_order": negative,
            }
        )
    return to_table("kept", rows)


def _votes_noted(voted: Voted) -> dict[str, Any]:
    left = voted.open
    noted = {"votes": voted.cast, "not verified": dict(sorted(voted.unverified.items()))}
    return {**noted, "open": left} if left else noted


def _spending(voted: Voted) -> dict[str, Any]:
    tally = voted.tally
    return {"model": ", ".join(voted.models), "tokens": tally.tokens, "usd": round(tally.usd or 0.0, 6)}
