"""Votes of simulated annotators, without pairs or verdicts."""

from collections.abc import Mapping
from random import Random

from annotation.votes import Label, Vote


def cast_votes(
    skills: Mapping[str, tuple[float, float]], *, pairs: int = 200, judges: int = 3, sound: float = 0.7, seed: int = 0
) -> tuple[list[Vote], dict[str, Label]]:
    """Votes and the truth; ``skills``: chances of calling a valid pair valid and an invalid one invalid."""
    random = Random(seed)
    truth: dict[str, Label] = {
        f"pair {number:05}": "valid" if random.random() < sound else "invalid" for number in range(pairs)
    }
    votes = []
    for pair_id, label in truth.items():
        for name in random.sample(sorted(skills), judges):
            right = random.random() < skills[name][label == "invalid"]
            votes.append(Vote(pair_id, name, "valid" if right == (label == "valid") else "invalid"))
    return votes, truth
