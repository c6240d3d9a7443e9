"""Dawid and Skene's consensus: who is often right counts for more, and who is right is found out along the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from annotation.consensus.ballot import Ballot, Floats, ballot
from annotation.consensus.contract import ConsensusResult, Skill
from annotation.consensus.likelihood import chance_of_valid
from annotation.consensus.majority import shares
from annotation.consensus.skill_error import informedness_errors
from annotation.votes import Label, Vote

ROUNDS = 1_000
TOLERANCE = 1e-7  # of the chance that a pair is valid
_NOTHING: Mapping[str, Label] = {}


@dataclass(frozen=True)
class Beliefs:
    """What is believed before any vote, as Beta distributions.

    Attributes:
        skill: Of calling a valid pair valid, and of calling an invalid pair invalid. As if each annotator had been
            seen to be right twice and wrong once: enough to keep a newcomer from counting for all or nothing. On
            simulated projects stronger beliefs cost up to 0.3 points of accuracy where three of five people were bad,
            and gained as much where all were good.
        prior: Of the share of valid pairs.
    """

    skill: tuple[float, float] = (3.0, 2.0)
    prior: tuple[float, float] = (2.0, 2.0)


NO_BELIEFS = Beliefs((1.0, 1.0), (1.0, 1.0))
"""Maximum likelihood, as Dawid and Skene have it."""
_USUAL = Beliefs()


def dawid_skene(
    votes: Iterable[Vote],
    gold: Mapping[str, Label] = _NOTHING,
    settled: Mapping[str, Label] = _NOTHING,
    *,
    beliefs: Beliefs = _USUAL,
    rounds: int = ROUNDS,
    tolerance: float = TOLERANCE,
) -> ConsensusResult:
    """Estimate what pairs are and what people can do, from one another, by expectation maximisation.

    Source: A. Dawid and A. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm",
    Applied Statistics 28 (1979), for two labels, with Beta priors (a maximum a posteriori estimate). It begins with
    the shares of votes, so that the labels keep their meaning: they could be swapped as a whole otherwise. The same
    votes give the same result.

    Args:
        votes: Those of people who were not sure are missing. Without votes the result is empty.
        gold: The truth of pairs picked to have it: they show what people can do, and are kept out of the share of
            valid pairs, for they are not as pairs are.
        settled: The truth of other pairs, as by adjudication; they count towards that share.
        beliefs: Before any vote.
        rounds: At most; the result says whether that was enough.
        tolerance: The most that any chance may still move in the last round.
    """
    cast = ballot(votes, gold, settled)
    chance, converged, made = shares(cast), not cast.pairs, 0
    valid, invalid, prior = _skills_and_prior(cast, chance, beliefs)
    while made < rounds and not converged:
        before, made = chance, made + 1
        chance = chance_of_valid(cast, valid, invalid, prior)
        converged = bool(np.abs(chance - before).max() <= tolerance)
        valid, invalid, prior = _skills_and_prior(cast, chance, beliefs)
    judged = cast.by_annotator(np.ones_like(cast.valid))
    errors = informedness_errors(cast, chance, valid, invalid)
    skills = {
        name: Skill(name, float(valid[place]), float(invalid[place]), int(judged[place]), _number(errors[place]))
        for place, name in enumerate(cast.annotators)
    }
    drawn = not cast.picked.all()
    return ConsensusResult(cast.consensus(chance), skills, prior if drawn else None, converged, made)


def _skills_and_prior(cast: Ballot, chance: Floats, beliefs: Beliefs) -> tuple[Floats, Floats, float]:
    of_pair = chance[cast.pair]
    valid = _mode(cast.by_annotator(of_pair * cast.valid), cast.by_annotator(of_pair), beliefs.skill)
    unsound = 1 - of_pair
    invalid = _mode(cast.by_annotator(unsound * (1 - cast.valid)), cast.by_annotator(unsound), beliefs.skill)
    drawn = chance[~cast.picked]
    prior = _mode(np.array([drawn.sum()]), np.array([float(len(drawn))]), beliefs.prior)
    return valid, invalid, float(prior[0])


def _mode(right: Floats, trials: Floats, prior: tuple[float, float]) -> Floats:
    """The mode of Beta posteriors; 0.5 where neither votes nor beliefs say anything."""
    over, under = right + prior[0] - 1, trials + prior[0] + prior[1] - 2
    mode: Floats = np.divide(over, under, out=np.full(len(over), 0.5), where=under > 0)
    return mode


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
