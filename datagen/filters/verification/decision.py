"""Deciding on votes: what is dropped, what is verified, what is neither."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import pyarrow as pa

from datagen.filters.contract import FilterSettings, Joined
from datagen.filters.verification.votes import (
    AS_MARKED,
    BLIND,
    CONTRADICTIONS,
    KEY,
    STEPS,
    Ballot,
    finding,
    majority,
)
from schemas.ledger import Drop

REASONS = (*CONTRADICTIONS, "hard", "undecided", "leaks-blind")
_WORDS = pa.list_(pa.string())


class VerificationSettings(FilterSettings):
    """Which of the doubtful pairs are kept all the same, though not as verified."""

    keep_hard: bool = False  # verifiers disagree
    keep_undecided: bool = False  # a verifier's own votes disagree
    keep_leaking: bool = False  # answered without the image


class Verification:
    """Drops pairs that verifying models contradict, cannot agree on, or answer without the image.

    One that all contradict is wrong; one that some confirm and some contradict is hard, and that is another reason.
    Each column holds a list with an entry for each verifier; null where it was not asked.
    """

    name: ClassVar[str] = "verify"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "verifiers": _WORDS,
        "missing": _WORDS,  # why a verifier gave no votes; null where it did
        **{step: pa.list_(_WORDS) for step in STEPS},  # the votes as they were cast
    }

    def __init__(self, settings: VerificationSettings | None = None) -> None:
        """With these settings, or the default ones."""
        self.settings = settings or VerificationSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """Nulls: a batch by itself is not measured, for verifiers are asked by the stage."""
        return votes_table([None] * len(batch))

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop what is contradicted, undecided or given away; what was not voted on to the end stays."""
        kept = {
            reason
            for reason, keep in (
                ("hard", self.settings.keep_hard),
                ("undecided", self.settings.keep_undecided),
                ("leaks-blind", self.settings.keep_leaking),
            )
            if keep
        }
        found = ((ballots, reason_against(ballots)) for ballots in ballots_in(scores))
        return [
            Drop(reason, pair_id=ballots[0].pair_id, detail="; ".join(map(_told, ballots)))
            for ballots, reason in found
            if reason and reason not in kept
        ]

    def verified(self, scores: pa.Table) -> list[str]:
        """The ids of pairs that every verifier has voted on and confirmed."""
        return [
            ballots[0].pair_id
            for ballots in ballots_in(scores)
            if not any(one.missing for one in ballots) and reason_against(ballots) is None
        ]


def reason_against(ballots: Sequence[Ballot]) -> str | None:
    """Why a pair is dropped; None if it is not.

    Args:
        ballots: One for each verifier. Where one gave no votes, nothing is held against the pair but a leak.
    """
    given = [one for one in ballots if one.missing is None]
    found = [finding(one.votes) for one in given]
    if "leaks-blind" in found:
        return "leaks-blind"
    if len(given) < len(ballots) or not any(found):
        return None
    contradicted = [one for one in CONTRADICTIONS if one in found]
    if contradicted and None in found:
        return "hard"
    return contradicted[0] if contradicted and "undecided" not in found else "undecided"


def votes_table(rows: Sequence[Sequence[Ballot] | None]) -> pa.Table:
    """Ballots as the columns of :class:`Verification`, a row a pair, null where no verifier was asked."""
    columns: dict[str, list[Any]] = {
        "verifiers": [row and [one.verifier for one in row] for row in rows],
        "missing": [row and [one.missing for one in row] for row in rows],
        **{step: [row and [one.votes.get(step) for one in row] for row in rows] for step in STEPS},
    }
    return pa.table(columns, schema=pa.schema(list(Verification.columns.items())))


def ballots_in(scores: pa.Table) -> Iterator[list[Ballot]]:
    """The ballots of each pair that verifiers were asked about, from ``pair_id`` and the columns."""
    for row in scores.to_pylist():
        if row["verifiers"]:
            yield [
                Ballot(
                    row["pair_id"],
                    verifier,
                    {step: row[step][place] for step in STEPS if row[step] and row[step][place]},
                    row["missing"][place],
                )
                for place, verifier in enumerate(row["verifiers"])
            ]


def _told(ballot: Ballot) -> str:
    """What a verifier said, with the votes that speak against the pair."""
    found = finding(ballot.votes)
    if ballot.missing or not found:
        return f"{ballot.verifier}: {ballot.missing or 'confirms'}"
    steps = [step for step in STEPS if step in ballot.votes and (step in BLIND) == (found == "leaks-blind")]
    against = [step for step in steps if step in BLIND or majority(ballot.votes[step]) not in (KEY, AS_MARKED)]
    said = ", ".join(f"{step.replace('_', ' ')}: {' / '.join(ballot.votes[step])}" for step in against)
    return f"{ballot.verifier}: {said}"
