"""Where each annotator stands: what they did, how they do on gold, what they can do, what speaks against them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotation.consensus import ConsensusResult, Skill
from annotation.standing.evidence import Evidence, gather
from annotation.standing.gold import GoldScore, score_gold
from annotation.standing.reasons import flags
from annotation.standing.sameness import Same, most_frequent
from annotation.verdict import Verdict
from annotation.votes import Label, Vote

_HOUR = 3_600


@dataclass(frozen=True)
class Standing:
    """What is known of one annotator.

    Attributes:
        annotator: Who.
        done: Verdicts that stand, adjudications aside.
        judgements: Of reviews, by judgement; those never given are not listed.
        blind: Blind solves.
        comments: Verdicts with a comment.
        seconds: Median time a verdict took; None where none was measured.
        per_hour: Verdicts an hour at that pace; None where it is not known.
        gold: What they made of gold.
        skill: As estimated from all votes; None where it was not.
        same: The judgement they give most often in reviews, or letter where they only solved blind.
        flags: Why to look closer, in plain words; empty for nearly everyone.
    """

    annotator: str
    done: int
    judgements: Mapping[str, int]
    blind: int
    comments: int
    seconds: float | None
    per_hour: float | None
    gold: GoldScore
    skill: Skill | None
    same: Same | None
    flags: tuple[str, ...]


def standings(
    verdicts: Iterable[Verdict], votes: Iterable[Vote], gold: Mapping[str, Label], result: ConsensusResult
) -> dict[str, Standing]:
    """Everybody's standing, by annotator in ascending order; empty without verdicts.

    Args:
        verdicts: Old versions and withdrawn ones play no part, nor do adjudications.
        votes: Of these verdicts.
        gold: The truth of gold pairs.
        result: The consensus on these votes, for the skills.
    """
    done = gather(verdicts)
    scores = score_gold((one for one in votes if one.mode != "adjudicate"), gold)
    return {name: _standing(name, done, scores.get(name, GoldScore()), result.skills.get(name)) for name in done}


def _standing(name: str, done: Mapping[str, Evidence], gold: GoldScore, skill: Skill | None) -> Standing:
    own, others = done[name], [one for other, one in done.items() if other != name]
    of_reviews = most_frequent(own.judgements, [one.judgements for one in others])
    of_letters = most_frequent(own.letters, [one.letters for one in others])
    same = [one for one in (of_reviews, of_letters) if one is not None]
    seconds = own.median_seconds
    paces = [one.median_seconds for one in others if one.median_seconds is not None]
    return Standing(
        annotator=name,
        done=own.done,
        judgements=dict(sorted(own.judgements.items())),
        blind=own.done - own.judgements.total(),
        comments=own.comments,
        seconds=seconds,
        per_hour=_HOUR / seconds if seconds else None,
        gold=gold,
        skill=skill,
        same=same[0] if same else None,
        flags=flags(own, gold, skill, same, paces),
    )
