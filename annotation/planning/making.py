"""Making the plan: what it takes at the rates and paces as best guessed, and as these might be."""

from datetime import date
from math import ceil
from typing import NamedTuple

import numpy as np

from annotation.planning.assumed import SECONDS
from annotation.planning.cells import WAYS, Way
from annotation.planning.intervals import count, number
from annotation.planning.measured import Measured
from annotation.planning.pace import Pace, names_of, team_pace
from annotation.planning.rates import Believed, Floats, believe
from annotation.planning.record import Basis, Estimate, Plan
from annotation.planning.supply import SoFar, Supply
from annotation.planning.wanted import Wanted
from annotation.planning.work import SPECK, Work, work_of
from annotation.planning.working_days import last_day
from annotation.settings import AnnotateSettings
from schemas.identity import seeded

DRAWS = 4_000
_HOUR = 3_600
_NOTHING = SoFar()


def plan(
    wanted: Wanted,
    supply: Supply,
    measured: Measured,
    settings: AnnotateSettings,
    *,
    start: date,
    seed: int = 0,
    so_far: SoFar = _NOTHING,
) -> Plan:
    """Say what it takes to have so many verified pairs, and by when.

    Quotas are even over the categories that have pairs; what one cannot reach the others make up for. Judgements are
    reviews of training pairs, a share of them by two, and blind solves of benchmark pairs, each by several; on top
    comes gold, which is a share of all. Everyone works the same hours, Monday to Friday, so whoever is quicker judges
    more. Intervals come of ``DRAWS`` draws of all rates and paces from what is believed of them. Adjudication is not
    counted.

    Args:
        wanted: How many pairs, by how many people.
        supply: Kept pairs; its order of categories is the plan's.
        measured: What verdicts say so far; of none, what is assumed.
        settings: How often pairs are judged, and how long people work.
        start: The first day, at work if it is a weekday.
        seed: Of what is drawn: the same seed, the same plan.
        so_far: What has been done; the plan is for the rest of it.

    Raises:
        BadConfig: A benchmark pair is to be solved by more people than there are.
    """
    wanted.check_judges(settings)
    overlap = settings.overlap if wanted.annotators > 1 else 0.0  # nobody judges a pair twice
    real = 1 - settings.gold
    believed = {way: believe(measured.of(way)) for way in WAYS}
    train = work_of(
        "train", wanted.total - wanted.benchmark, supply, so_far, believed["review"],
        per_pair=(1 + overlap) / real, seed=seed, draws=DRAWS,
    )  # fmt: skip
    blind = work_of(
        "benchmark", wanted.benchmark, supply, so_far, believed["blind"],
        per_pair=settings.judges / real, seed=seed, draws=DRAWS,
    )  # fmt: skip
    rows = (*train.rows, *blind.rows)
    paces = _paces(measured, wanted.annotators, seed)
    time = _time({"review": train, "blind": blind}, paces, wanted.annotators)
    days = count(
        ceil(time.guessed / settings.hours_per_day - SPECK), np.ceil(time.drawn / settings.hours_per_day - SPECK)
    )
    judgements = sum(row.judgements.value for row in rows)
    judged = train.judgements + blind.judgements
    return Plan(
        total=wanted.total, benchmark=wanted.benchmark, annotators=wanted.annotators, start=start, seed=seed,
        overlap=overlap, judges=settings.judges, gold=settings.gold, hours_per_day=settings.hours_per_day,
        rows=rows,
        to_judge=count(sum(row.to_judge.value for row in rows), train.to_judge + blind.to_judge),
        judgements=count(judgements, judged),
        hours=number(time.guessed * wanted.annotators, time.drawn * wanted.annotators),
        judgements_each=count(ceil(judgements / wanted.annotators), judged / wanted.annotators),
        hours_each=number(time.guessed, time.drawn),
        days=days,
        ends=Estimate[date](
            value=last_day(start, days.value), low=last_day(start, days.low), high=last_day(start, days.high)
        ),
        short=count(_short(wanted, train, blind), train.short + blind.short),
        bases=(_basis("review", measured, believed, train, paces), _basis("blind", measured, believed, blind, paces)),
    )  # fmt: skip


class _Time(NamedTuple):
    """Hours of each annotator."""

    guessed: float
    drawn: Floats


def _paces(measured: Measured, annotators: int, seed: int) -> dict[Way, Pace]:
    """The team's pace by mode. Who is quick in one mode is taken to be quick in the other, before it is measured."""
    people = names_of([measured.times(way) for way in WAYS], annotators)
    noise = np.random.default_rng(seeded(seed, "people")).standard_normal((len(people), DRAWS))
    general = {way: np.random.default_rng(seeded(seed, "pace", way)).standard_normal(DRAWS) for way in WAYS}
    return {way: team_pace(people, measured.times(way), SECONDS[way], noise, general[way]) for way in WAYS}


def _time(work: dict[Way, Work], paces: dict[Way, Pace], annotators: int) -> _Time:
    """Hours until all is judged, if everyone works as long.

    A person alone would take so long; the share of the work that each does in an hour adds up. Where more people were
    measured than there are to be, these are taken to be like them.
    """
    alone = sum(
        sum(row.judgements.value for row in work[way].rows) * paces[way].guessed for way in WAYS
    ) + np.zeros(1)  # fmt: skip
    alone_drawn = sum(work[way].judgements * paces[way].drawn for way in WAYS) + np.zeros((1, DRAWS))
    return _Time(float(_together(alone.reshape(-1, 1), annotators)[0]), _together(alone_drawn, annotators))


def _together(alone: Floats, annotators: int) -> Floats:
    """Hours each, from the seconds that each would take alone, ``(people, draws)``."""
    an_hour = _HOUR / np.maximum(alone, SPECK)
    share: Floats = an_hour.mean(axis=0) * annotators
    return 1 / share


def _short(wanted: Wanted, train: Work, blind: Work) -> int:
    rows = (*train.rows, *blind.rows)
    return sum(row.short for row in rows) + max(0, wanted.total - sum(row.quota for row in rows))


def _basis(way: Way, measured: Measured, believed: dict[Way, Believed], work: Work, paces: dict[Way, Pace]) -> Basis:
    accepted, times, pace = measured.of(way).values(), measured.times(way).values(), paces[way]
    return Basis(
        way=way,
        accept=number(believed[way].overall, work.overall),
        seconds=number(1 / float((1 / pace.guessed).mean()), 1 / (1 / pace.drawn).mean(axis=0)),
        sure=sum(one.sure for one in accepted),
        pairs=sum(one.pairs for one in accepted),
        timed=sum(one.verdicts for one in times),
        people=len(times),
    )
