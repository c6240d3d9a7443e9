"""Plans: their laws, whatever is wanted and whatever there is."""

from datetime import date
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.planning import Cell, Estimate, Measured, Plan, SoFar, Supply, Wanted, plan
from annotation.planning.measured import Accepted, Timed
from annotation.settings import AnnotateSettings
from schemas.errors import BadConfig
from schemas.taxonomy import MMR_CATEGORIES

MONDAY = date(2026, 11, 2)
NAMES = MMR_CATEGORIES[:5]
SUPPLY = Supply({Cell(one, "train"): 2_000 for one in NAMES} | {Cell(one, "benchmark"): 300 for one in NAMES})
DEFAULTS = AnnotateSettings()

supplies = st.dictionaries(
    st.builds(Cell, st.sampled_from(NAMES), st.sampled_from(("train", "benchmark"))), st.integers(0, 3_000)
).map(Supply)
accepted = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda two: Accepted(min(two), two[1], two[1])),
)
times = st.dictionaries(
    st.sampled_from(("a", "b", "c")), st.builds(Timed, st.integers(1, 400), st.floats(0.5, 600), st.floats(0, 4))
)
measures = st.builds(
    lambda *four: Measured({"review": four[0], "blind": four[1]}, {"review": four[2], "blind": four[3]}),
    accepted, accepted, times, times,
)  # fmt: skip
wants = st.tuples(st.integers(0, 8_000), st.integers(0, 1_000), st.integers(3, 12)).map(
    lambda three: Wanted(three[0] + three[1], three[1], three[2])
)
starts = st.dates(date(2020, 1, 1), date(2090, 1, 1))


def made(wanted: Wanted, supply: Supply = SUPPLY, measured: Measured | None = None, **changes: object) -> Plan:
    return plan(wanted, supply, measured or Measured(), DEFAULTS.model_copy(update=changes), start=MONDAY)


def estimates(found: Plan) -> list[Estimate[int] | Estimate[float] | Estimate[date]]:
    rows = [one for row in found.rows for one in (row.accept, row.to_judge, row.judgements)]
    bases = [one for basis in found.bases for one in (basis.accept, basis.seconds)]
    return [
        *rows, *bases, found.to_judge, found.judgements, found.hours, found.judgements_each, found.hours_each,
        found.days, found.ends, found.short,
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(wants, supplies, measures, starts)
def test_holds_whatever_is_wanted_and_whatever_there_is(
    wanted: Wanted, supply: Supply, measured: Measured, start: date
) -> None:
    found = plan(wanted, supply, measured, DEFAULTS, start=start)
    for row in found.rows:
        assert row.quota <= row.supply
        assert row.to_judge.high <= row.supply
        assert row.short <= row.quota
    for group, want in (("train", wanted.total - wanted.benchmark), ("benchmark", wanted.benchmark)):
        rows = [row for row in found.rows if row.group == group]
        assert sum(row.quota for row in rows) == min(want, sum(row.supply for row in rows))
    for one in estimates(found):
        assert one.low <= one.value <= one.high  # type: ignore[operator]
    assert found.ends.value >= start
    assert found.ends.value.weekday() < 5 or found.days.value == 0
    assert found.short.value <= wanted.total
    assert Plan.model_validate_json(found.model_dump_json()) == found


@settings(max_examples=40, deadline=None)
@given(wants, supplies, measures, st.integers(1, 8))
def test_more_annotators_are_never_later(wanted: Wanted, supply: Supply, measured: Measured, more: int) -> None:
    one = made(wanted, supply, measured)
    other = made(Wanted(wanted.total, wanted.benchmark, wanted.annotators + more), supply, measured)
    assert other.judgements == one.judgements
    assert other.hours_each.value <= one.hours_each.value
    for end in ("value", "low", "high"):
        assert getattr(other.ends, end) <= getattr(one.ends, end)


def test_counts_judgements_as_it_says() -> None:
    found = made(Wanted(1_600, 100, 6), measured=Measured())
    train, blind = found.of("train")[0], found.of("benchmark")[0]
    assert (train.quota, blind.quota) == (300, 20)
    assert (train.to_judge.value, blind.to_judge.value) == (400, 27)
    assert train.judgements.value == ceil(400 * 1.15 / 0.92)
    assert blind.judgements.value == ceil(27 * 3 / 0.92)
    assert found.judgements.value == sum(row.judgements.value for row in found.rows)
    seconds = 25 * sum(row.judgements.value for row in found.of("train"))
    seconds += 45 * sum(row.judgements.value for row in found.of("benchmark"))
    assert found.hours.value == pytest.approx(seconds / 3_600, abs=0.001)
    assert found.hours_each.value == pytest.approx(found.hours.value / 6, abs=0.001)
    assert found.days.value == ceil(found.hours_each.value / 4)


def test_nothing_wanted_is_no_work_and_ends_where_it_starts() -> None:
    found = made(Wanted(0, 0, 6))
    assert (found.judgements.high, found.hours.high, found.days.high, found.short.high) == (0, 0, 0, 0)
    assert found.ends.high == MONDAY


def test_without_pairs_all_is_short_and_nothing_is_to_judge() -> None:
    found = made(Wanted(1_000, 100, 6), Supply({}))
    assert found.rows == ()
    assert (found.judgements.value, found.short.value, found.short.low) == (0, 1_000, 1_000)


def test_a_category_without_pairs_has_no_share_and_the_others_have_all() -> None:
    found = made(Wanted(600, 0, 2), Supply({Cell("a/b", "train"): 0, Cell("a/c", "train"): 5_000}))
    assert {row.category: (row.even, row.quota) for row in found.of("train")} == {"a/b": (0, 0), "a/c": (600, 600)}


def test_what_a_category_cannot_yield_the_others_make_up_for() -> None:
    found = made(Wanted(600, 0, 2), Supply({Cell("a/b", "train"): 100, Cell("a/c", "train"): 5_000}))
    few, rest = found.of("train")
    assert (few.even, few.quota, few.to_judge.value, few.short) == (300, 75, 100, 0)
    assert (rest.quota, rest.short) == (525, 0)
    assert found.short.value == 0
    assert found.short.high > 0  # should fewer be right than is assumed


def test_says_by_how_much_the_supply_falls_short() -> None:
    found = made(Wanted(600, 0, 2), Supply({Cell("a/b", "train"): 400, Cell("a/c", "train"): 100}))
    assert {row.category: (row.quota, row.short) for row in found.rows if row.supply} == {
        "a/b": (400, 100),
        "a/c": (100, 25),
    }
    assert found.short.value == 225


def test_one_annotator_judges_no_pair_twice() -> None:
    found = made(Wanted(1_000, 0, 1))
    assert found.overlap == 0
    assert found.hours == found.hours_each


def test_what_is_done_is_not_planned_again() -> None:
    whole = made(Wanted(1_000, 0, 2))
    done = SoFar({Cell(NAMES[0], "train"): 150}, {Cell(NAMES[0], "train"): 200})
    rest = plan(Wanted(1_000, 0, 2), SUPPLY, Measured(), DEFAULTS, start=MONDAY, so_far=done)
    assert [row.quota for row in rest.of("train")] == [200] * 5
    assert rest.of("train")[0].to_judge.value == ceil(50 / 0.75)
    assert rest.judgements.value < whole.judgements.value


def test_verified_beyond_a_share_leaves_less_to_the_others() -> None:
    done = SoFar({Cell(NAMES[0], "train"): 600}, {Cell(NAMES[0], "train"): 800})
    found = plan(Wanted(1_000, 0, 2), SUPPLY, Measured(), DEFAULTS, start=MONDAY, so_far=done)
    assert [row.quota for row in found.of("train")] == [600, 100, 100, 100, 100]
    assert found.of("train")[0].to_judge.value == 0


def test_a_weekend_is_no_working_day() -> None:
    saturday = plan(Wanted(500, 0, 3), SUPPLY, Measured(), DEFAULTS, start=date(2026, 11, 7))
    monday = plan(Wanted(500, 0, 3), SUPPLY, Measured(), DEFAULTS, start=date(2026, 11, 9))
    assert saturday.ends == monday.ends


def test_the_same_seed_is_the_same_plan() -> None:
    one, same, other = (
        plan(Wanted(900, 60, 3), SUPPLY, Measured(), DEFAULTS, start=MONDAY, seed=seed) for seed in (4, 4, 5)
    )
    assert one == same
    assert one.hours != other.hours
    assert one.hours.value == other.hours.value


def test_a_pilot_narrows_the_intervals() -> None:
    votes = {name: Accepted(45, 60, 60) for name in NAMES}
    measured = Measured({"review": votes}, {"review": {f"p{number}": Timed(50, 25, 0.4) for number in range(6)}})
    before, after = made(Wanted(3_000, 0, 6)), made(Wanted(3_000, 0, 6), measured=measured)
    for name in ("judgements", "hours"):
        wide, narrow = getattr(before, name), getattr(after, name)
        assert narrow.high / narrow.low < wide.high / wide.low


def test_supply_counts_validation_as_training() -> None:
    found = Supply.of([("a/b", "train"), ("a/b", "validation"), ("a/b", "benchmark"), ("a/c", "train")])
    assert found.pairs == {Cell("a/b", "train"): 2, Cell("a/b", "benchmark"): 1, Cell("a/c", "train"): 1}


@pytest.mark.parametrize(
    ("total", "benchmark", "annotators", "flag"),
    [
        (-1, 0, 1, "--want"), (10**8, 0, 1, "--want"), (10, -1, 1, "--benchmark"), (10, 11, 1, "--benchmark"),
        (10, 1, 0, "--annotators"), (10, 1, 10**6, "--annotators"),
    ],
)  # fmt: skip
def test_refuses_impossible_numbers_and_names_the_flag(total: int, benchmark: int, annotators: int, flag: str) -> None:
    with pytest.raises(BadConfig) as met:
        Wanted(total, benchmark, annotators)
    assert str(met.value).startswith(f"{flag}: ")


def test_refuses_more_judges_than_people_and_says_what_to_do() -> None:
    with pytest.raises(BadConfig, match=r"solved by 3 people and there would be 1 annotator\. Raise it to 3, or write"):
        made(Wanted(100, 10, 1))
    assert made(Wanted(100, 10, 1), judges=1).judges == 1
    assert made(Wanted(100, 0, 1)).judgements.value > 0
