"""Reasons for concern about an annotator, in plain words; nobody good is to be named by accident.

Whoever can be shown to tell valid from invalid pairs is named for nothing, and whoever seems to is not named for being
quick or for saying "accept" more often than others do: good people among careless ones do just that.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from annotation.consensus import Skill
from annotation.standing.evidence import TOO_FAST, Evidence
from annotation.standing.gold import GoldScore
from annotation.standing.sameness import Same

GUESSING = 0.5
"""Informedness below which someone is nearer to guessing (0) than to never being wrong (1): right on 3 of 4, were
half of the pairs invalid. Someone right on 17 of 20 has 0.7."""
ONE_SIDED = 1.645  # standard errors: a bound that holds 19 times in 20
LEAST = 20  # verdicts, below which nobody is named
LEAST_GOLD = 10
SOME_GOLD, WELL = 3, 0.75  # gold seen, and the share right of it, that speak for someone
FAST = 1 / 3  # of what others take
MANY = 0.2  # of verdicts under two seconds


def flags(
    done: Evidence, gold: GoldScore, skill: Skill | None, same: Sequence[Same], others: Sequence[float]
) -> tuple[str, ...]:
    """Why to look closer at an annotator; empty for nearly everyone.

    "Hardly better than guessing" is said where informedness, estimated from all votes or counted on gold, is surely
    below :data:`GUESSING`, which takes many verdicts. Where one of the two shows it to be surely above, nothing is
    said at all.

    In 200 simulated projects five annotators had judged 650 pairs each: those right 11 times in 20 and
    the one who always accepts were named every time, those right 18 and 19 times in 20 never.

    Args:
        done: What they did; nobody with fewer than :data:`LEAST` verdicts is named.
        gold: What they made of gold.
        skill: As estimated from all votes; None where it was not.
        same: The answers they give most often.
        others: The others' median seconds.
    """
    if done.done < LEAST or _tells_apart(gold, skill):
        return ()
    guessing = tuple(_guessing(gold, skill))
    return guessing if _does_well(gold, skill) else (*guessing, *_sameness(same), *_speed(done, others))


def _tells_apart(gold: GoldScore, skill: Skill | None) -> bool:
    by_gold = gold.informedness
    if by_gold is not None and by_gold.low > GUESSING:
        return True
    return skill is not None and skill.error is not None and skill.informedness - ONE_SIDED * skill.error > GUESSING


def _does_well(gold: GoldScore, skill: Skill | None) -> bool:
    """Whether what there is, little as it may be, speaks for someone."""
    on_gold = gold.seen >= SOME_GOLD and (gold.accuracy or 0) >= WELL
    return on_gold or (skill is not None and skill.informedness > GUESSING)


def _guessing(gold: GoldScore, skill: Skill | None) -> Iterator[str]:
    by_gold = gold.informedness
    if skill is not None and skill.error is not None and skill.judged >= LEAST:
        high = skill.informedness + ONE_SIDED * skill.error
        if high < GUESSING:
            told = (
                f"calls {_percent(skill.valid)} of valid pairs valid, and {_percent(1 - skill.invalid)} of invalid ones"
            )
            yield f"{_how_bad(high)}: {told}"
            return
    if by_gold is not None and by_gold.high < GUESSING and gold.seen >= LEAST_GOLD:
        yield f"{_how_bad(by_gold.high)}: right on {gold.right} of {gold.seen} gold pairs"


def _how_bad(high: float) -> str:
    return "hardly better than guessing" if high >= 0 else "worse than guessing"


def _sameness(same: Sequence[Same]) -> Iterator[str]:
    for one in same:
        if one.stands_out and one.answers >= LEAST:
            others = f"others give it {_percent(one.others or 0)} of the time"
            yield f"gives the same answer {_percent(one.share)} of the time: {one.answer}; {others}"


def _speed(done: Evidence, others: Sequence[float]) -> Iterator[str]:
    own, too_fast = done.median_seconds, done.too_fast
    if own is None or too_fast is None or len(done.seconds) < LEAST:
        return
    if others and own < FAST * median(others):
        yield f"much faster than the others: {own:.1f} s a pair, where others take {median(others):.1f} s"
    if too_fast > MANY:
        yield f"clicks through: {_percent(too_fast)} of verdicts took less than {TOO_FAST:.0f} s"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
