"""Asking verifiers: the pairs that the other filters leave, image by image, one model after the other."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from datagen.filters.verification.chain import ballot_on
from datagen.filters.verification.decision import votes_table
from datagen.filters.verification.polls import TEMPERATURE, Subject
from datagen.filters.verification.prompts import BLIND, CHOICE, JUDGEMENT
from datagen.filters.verification.votes import Ballot
from mllm import ImagePart, Ways, open_asker, run_chains
from mllm.tally import Tally
from schemas.errors import BadConfig
from schemas.run import RunFolder
from schemas.tables import pairs_of

OPEN = frozenset({"no-reply", "budget", "stopped"})  # asked again next time
OPEN_QUESTION, NOT_AT_HAND = "open-question", "image-not-at-hand"


class Progress(NamedTuple):
    """Where verifying stands."""

    pairs: int  # of all verifiers together
    usd: float | None  # spent by this command; None: unknown


@dataclass
class Voted:
    """What asking came to."""

    votes: dict[str, list[Ballot]] = field(default_factory=dict)  # by pair, a ballot for each verifier
    unasked: Counter[str] = field(default_factory=Counter)  # pairs that no verifier can be asked about, by why
    models: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    spent: float = 0.0  # USD that the run folder has spent in all, with what is held
    held: float = 0.0  # of it: for lost replies and batches that are out

    @property
    def unverified(self) -> Counter[str]:
        """Pairs that were not voted on to the end, by why."""
        missing = (next((one.missing for one in ballots if one.missing), None) for ballots in self.votes.values())
        return self.unasked + Counter(why for why in missing if why)

    @property
    def open(self) -> int:
        """Those of them that will be asked about again."""
        return sum(number for why, number in self.unverified.items() if why in OPEN)

    @property
    def cast(self) -> int:
        """Votes that were cast; a judgement is one vote on each of what it judges."""
        return sum(len(votes) for row in self.votes.values() for one in row for votes in one.votes.values())

    def table(self, ids: Sequence[str]) -> pa.Table:
        """The columns of these pairs' votes."""
        return votes_table([self.votes.get(one) for one in ids])


def ask_verifiers(
    run: RunFolder,
    pairs: pa.Table,
    verifiers: Sequence[Ways],
    *,
    on_pairs: Callable[[int], None],
    on_progress: Callable[[Progress], None],
) -> Voted:
    """Have models vote on pairs; replies that the journal holds are not asked for again.

    Args:
        run: The run.
        pairs: Rows of the ``pairs`` table.
        verifiers: The models.
        on_pairs: Called once with the number of pairs times verifiers.
        on_progress: Called after each pair.

    Raises:
        BadConfig: A flag or setting cannot be used.
        WorkFailed: A server takes no request, or fails on and on; what was received is kept.
    """
    voted = Voted()
    parts = _parts(run)
    asked = _askable(pairs, parts, voted.unasked)
    on_pairs(len(asked) * len(verifiers))
    voted.votes = {pair_id: [] for pair_id in asked["pair_id"].to_pylist()}

    def subjects() -> Iterator[Subject]:
        for pair in pairs_of(asked):
            yield Subject(pair, {ref: parts[ref] for ref in pair.images}, run.settings.run.seed)

    taken = _Taken(voted, on_progress)
    for ways in verifiers:
        with open_asker(run, ways) as asker:
            taken.begin(asker.till.tally)
            voted.models.append(asker.model.name)
            run_chains((ballot_on(one, asker.model.name) for one in subjects()), asker, taken.add)
            voted.tally.add(asker.till.tally)
            spending = asker.journal.spending()
            voted.spent, voted.held = spending.usd, spending.held
    return voted


def described(run: RunFolder, verifiers: Sequence[Ways]) -> dict[str, Any]:
    """What decides the votes, as the stage's config says it.

    Raises:
        BadConfig: A model cannot be opened as it is wanted, or is named twice.
    """
    models = []
    for ways in verifiers:
        with open_asker(run, ways) as asker:
            model = {"model": asker.model.name, "endpoint": asker.model.endpoint, "image": asker.terms.transform.mark}
            if model in models:
                fix = "Name each verifier once: the same model gives the same votes."
                raise BadConfig(f"{asker.model.name} is named twice", where="--verify", fix=fix)
            models.append(model)
    return {
        "verifiers": models,
        "prompts": [CHOICE, BLIND, JUDGEMENT],
        "temperature": TEMPERATURE,
        "seed": run.settings.run.seed,
        "allow_hosts": sorted(run.settings.model.allow_hosts),
    }


class _Taken:
    """Takes in ballots as they come, in whatever order."""

    def __init__(self, voted: Voted, on_progress: Callable[[Progress], None]) -> None:
        self._voted, self._on_progress = voted, on_progress
        self._ballots, self._now = 0, Tally()

    def begin(self, tally: Tally) -> None:
        """From now on another model is asked, which has this tally."""
        self._now = tally

    def add(self, ballot: Ballot) -> None:
        self._voted.votes[ballot.pair_id].append(ballot)
        self._ballots += 1
        before, now = self._voted.tally.usd, self._now.usd
        self._on_progress(Progress(self._ballots, None if before is None or now is None else before + now))


def _askable(pairs: pa.Table, at_hand: Collection[str], unasked: Counter[str]) -> pa.Table:
    """The pairs that can be asked about, image by image, so that an image is encoded once; others are counted."""
    halves = [pairs["positive"], pairs["negative"]]
    lone = [pc.equal(pc.list_value_length(pc.struct_field(half, "options")), 1) for half in halves]
    open_ = pc.or_(*lone)
    known = pa.array(sorted(at_hand), pa.string())
    seen = pc.and_(*(pc.is_in(pc.struct_field(half, "image"), value_set=known) for half in halves))
    unasked[OPEN_QUESTION] += pc.sum(open_).as_py() or 0
    unasked[NOT_AT_HAND] += pc.sum(pc.and_not(pc.invert(seen), open_)).as_py() or 0
    kept = pairs.filter(pc.and_not(seen, open_))
    keys = pa.table({"image": pc.struct_field(kept["positive"], "image"), "pair": kept["pair_id"]})
    return kept.take(pc.sort_indices(keys, [("image", "ascending"), ("pair", "ascending")]))


def _parts(run: RunFolder) -> dict[str, ImagePart]:
    """The images that are at hand, by reference."""
    rows = run.require("ingest").table("images", ["image", "path", "may_leave"]).to_pylist()
    return {
        row["image"]: ImagePart(row["image"], run.path / row["path"], row["may_leave"]) for row in rows if row["path"]
    }
