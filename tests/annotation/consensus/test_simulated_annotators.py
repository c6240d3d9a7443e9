"""Five annotators, two of whom are good, on real pairs of drawn scenes: who is right is found out all the same.

Two guess, one accepts whatever there is. Three of the five judge each of 1,000 pairs, of which 100 have a wrong key;
8 % of what they see is gold, half of it broken on purpose. The ceiling is Bayes' rule with their true skills and the
true share of valid pairs. Many pairs are a toss-up even so (someone right 9 times in 10 rejects what 9 times in 10 is
valid), so that luck moves what is right of 1,000 by a point. Consensus is therefore held against the ceiling twice:
by the chance of being right, given the votes, which leaves luck out, for each seed; and by what was right on average.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean

import pytest

from annotation.consensus import Consensus, Skill, best_possible, consensus
from annotation.reporting import Report, report
from annotation.votes import votes_of
from tests.annotation.consensus.simulated import BAD, FIVE, Project, project

SEEDS = range(10)
POINT = 0.01
SOUND = 0.9  # of the pairs, exactly


@dataclass(frozen=True)
class Judged:
    made: Project
    majority: Mapping[str, Consensus]
    weighed: Mapping[str, Consensus]
    best: Mapping[str, Consensus]
    told: Report

    def accuracy(self, found: Mapping[str, Consensus]) -> float:
        """Right of all pairs; a pair without a label is half right, as by the throw of a coin."""
        return mean(
            0.5 if found[pair_id].label is None else float(found[pair_id].label == truth)
            for pair_id, truth in self.made.truth.items()
        )

    def chance(self, found: Mapping[str, Consensus]) -> float:
        """The chance of being right, averaged over pairs, for someone who knows what everybody can do."""
        return mean(self._chance(pair_id, found[pair_id]) for pair_id in self.made.truth)

    def _chance(self, pair_id: str, found: Consensus) -> float:
        best = self.best[pair_id]
        if found.label is None or best.label is None:
            return 0.5
        return best.confidence if found.label == best.label else 1 - best.confidence


@pytest.fixture(scope="module", params=SEEDS)
def judged(request: pytest.FixtureRequest) -> Judged:
    return judge(request.param)


def judge(seed: int) -> Judged:
    made = project(FIVE, seed=seed)
    votes = votes_of(made.verdicts, made.pairs)
    skills = {one.name: Skill(one.name, one.valid, one.invalid, 0) for one in FIVE}
    return Judged(
        made,
        consensus(votes, made.gold, "majority").by_pair,
        consensus(votes, made.gold).by_pair,
        best_possible(votes, skills, SOUND, made.gold).by_pair,
        report(made.verdicts, made.pairs, made.gold),
    )


def test_is_set_up_as_it_says(judged: Judged) -> None:
    made = judged.made
    assert len(made.truth) == 1_000
    assert sum(label == "invalid" for label in made.truth.values()) == 100
    assert sum(label == "invalid" for label in made.gold.values()) == len(made.gold) / 2
    seen = [one.gold.seen / one.done for one in judged.told.annotators]
    assert mean(seen) == pytest.approx(0.08, abs=0.002)
    assert sum(one.done - one.gold.seen for one in judged.told.annotators) == 3_000


def test_weighing_people_beats_counting_them(judged: Judged) -> None:
    """By three points and more, on every seed."""
    assert judged.accuracy(judged.weighed) > judged.accuracy(judged.majority) + 3 * POINT


def test_the_chance_of_being_right_is_within_a_point_of_the_best_possible(judged: Judged) -> None:
    assert judged.chance(judged.best) - POINT <= judged.chance(judged.weighed) <= judged.chance(judged.best) + 1e-12


def test_the_report_names_just_the_three_bad_ones(judged: Judged) -> None:
    assert {one.annotator for one in judged.told.flagged} == BAD
    for one in judged.told.flagged:
        assert any("guessing" in reason for reason in one.flags)
        always = any("gives the same answer 100 % of the time: accept" in reason for reason in one.flags)
        assert always == one.annotator.startswith("accepts")


def test_what_was_right_is_within_a_point_of_the_best_possible_on_average() -> None:
    """On most seeds by itself; where it is not, as on seed 9, the ceiling had the luck."""
    all_judged = [judge(seed) for seed in SEEDS]
    short = [one.accuracy(one.best) - one.accuracy(one.weighed) for one in all_judged]
    assert mean(short) < POINT / 2
    assert sum(one <= POINT for one in short) >= len(SEEDS) - 1
