"""Deciding on stored votes: pure, and once more whenever thresholds move."""

from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.verification import Verification, VerificationSettings
from datagen.filters.verification.decision import REASONS, ballots_in, votes_table
from datagen.filters.verification.votes import STEPS, Ballot, Votes, finding
from tests.datagen.filters.test_filters import CLEAN, pair, table
from tests.datagen.filters.verification.test_votes import SOUND

WRONG: Votes = {"positive": ["option 2", "option 2"]}
SEVERAL: Votes = {**SOUND, "positive_judged": ["several", "several"]}
UNDECIDED: Votes = {"positive": ["nothing", "nothing"]}
LEAKS: Votes = {**SOUND, "blind_positive": ["key", "key"]}
ALL = (SOUND, WRONG, SEVERAL, UNDECIDED, LEAKS)

votes = st.dictionaries(
    st.sampled_from(STEPS),
    st.lists(st.sampled_from(["key", "as marked", "otherwise", "option 2", "nothing"]), min_size=2, max_size=3),
)
given_or_not: st.SearchStrategy[tuple[Votes, str | None]] = st.one_of(
    st.builds(lambda cast: (cast, None), votes), st.just(({}, "budget"))
)
rows = st.lists(st.lists(given_or_not, max_size=3), max_size=6)


def ballots(*cast: Votes | str, pair_id: str = "p") -> list[Ballot]:
    return [
        Ballot(pair_id, f"model-{number}", missing=one)
        if isinstance(one, str)
        else Ballot(pair_id, f"model-{number}", one)
        for number, one in enumerate(cast)
    ]


def scores(*of: Sequence[Ballot] | None) -> pa.Table:
    ids = [f"p{place}" for place, _ in enumerate(of)]
    return votes_table(of).add_column(0, "pair_id", pa.array(ids, pa.string()))


def reason(*cast: Votes | str, settings: VerificationSettings | None = None) -> str | None:
    drops = Verification(settings).decide(scores(ballots(*cast)))
    return drops[0].reason if drops else None


def verified(*cast: Votes | str) -> bool:
    return bool(Verification().verified(scores(ballots(*cast))))


@pytest.mark.parametrize(
    ("cast", "dropped"),
    [
        ((SOUND,), None),
        ((WRONG,), "wrong-key"),
        ((SEVERAL,), "several-right"),
        ((UNDECIDED,), "undecided"),
        ((LEAKS,), "leaks-blind"),
        ((SOUND, SOUND), None),
        ((WRONG, WRONG), "wrong-key"),
        ((SEVERAL, WRONG), "wrong-key"),
        ((SOUND, WRONG), "hard"),
        ((SOUND, UNDECIDED, WRONG), "hard"),
        ((UNDECIDED, WRONG), "undecided"),
        ((SOUND, UNDECIDED), "undecided"),
        ((SOUND, LEAKS), "leaks-blind"),
        ((WRONG, LEAKS), "leaks-blind"),
        (("budget",), None),
        ((WRONG, "budget"), None),
        ((LEAKS, "budget"), "leaks-blind"),
    ],
)
def test_wrong_is_what_all_contradict_and_hard_what_they_disagree_on(
    cast: tuple[Votes | str, ...], dropped: str | None
) -> None:
    assert reason(*cast) == dropped
    assert verified(*cast) == (dropped is None and "budget" not in cast)


@pytest.mark.parametrize(
    ("setting", "cast"), [("keep_hard", (SOUND, WRONG)), ("keep_undecided", (UNDECIDED,)), ("keep_leaking", (LEAKS,))]
)
def test_doubtful_pairs_are_kept_where_the_settings_say_so_but_not_as_verified(
    setting: str, cast: tuple[Votes, ...]
) -> None:
    assert reason(*cast, settings=VerificationSettings(**{setting: True})) is None
    assert reason(*cast, settings=VerificationSettings()) in REASONS
    assert not verified(*cast)


def test_a_drop_tells_who_voted_how() -> None:
    (drop,) = Verification().decide(scores(ballots(SOUND, {"positive": ["key", "key"], "negative": ["option 2"] * 2})))
    assert drop.detail == "model-0: confirms; model-1: negative: option 2 / option 2"
    (drop,) = Verification().decide(scores(ballots(LEAKS)))
    assert drop.detail == "model-0: blind positive: key / key, blind negative: key / key"


@given(rows)
def test_votes_read_back_as_they_were_cast(cast: list[list[tuple[Votes, str | None]]]) -> None:
    given = [[Ballot(f"p{place}", "m", *one) for one in row] for place, row in enumerate(cast)]
    assert list(ballots_in(scores(*given))) == [row for row in given if row]


@given(rows, st.randoms(use_true_random=False))
def test_each_pair_is_dropped_once_or_verified_or_neither_in_whatever_order(
    cast: list[list[tuple[Votes, str | None]]], chance: object
) -> None:
    found = scores(*([Ballot("p", "m", *one) for one in row] for row in cast))
    drops = Verification().decide(found)
    dropped, confirmed = [drop.pair_id for drop in drops], Verification().verified(found)
    assert len(set(dropped)) == len(dropped)
    assert not set(dropped) & set(confirmed)
    assert {drop.reason for drop in drops} <= set(REASONS)
    turned = found.take(list(range(len(found)))[::-1]) if len(found) else found
    assert sorted(drop.pair_id or "" for drop in Verification().decide(turned)) == sorted(one or "" for one in dropped)


@given(votes, votes)
def test_two_verifiers_never_drop_for_a_wrong_key_what_one_of_them_confirms(one: Votes, other: Votes) -> None:
    if finding(one) is None:
        assert reason(one, other) in (None, "hard", "undecided", "leaks-blind")


def test_it_keeps_the_contract_of_a_filter() -> None:
    empty = Verification().score(table(CLEAN, pair("Where is it?")))
    assert {field.name: field.type for field in empty.schema} == dict(Verification.columns)
    assert Verification().decide(empty.add_column(0, "pair_id", pa.array(["a", "b"]))) == []
    assert Verification().decide(scores()) == []
    assert Verification.judges_content
