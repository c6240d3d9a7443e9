"""How hard a pair is, from what verifiers answered."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from datagen.filters.difficulty import Difficulty, DifficultySettings, difficulties
from datagen.filters.verification.decision import votes_table
from datagen.filters.verification.votes import STEPS, Ballot, Votes
from tests.datagen.filters.test_filters import CLEAN, table


def measured(*ballots: Votes | None) -> tuple[float | None, float | None, float | None]:
    """Seen, blind and difficulty of one pair; None for a verifier that gave no votes."""
    cast = [
        Ballot("p", f"v{place}", {} if votes is None else votes, "no image" if votes is None else None)
        for place, votes in enumerate(ballots)
    ]
    (row,) = difficulties(votes_table([cast])).to_pylist()
    return row["seen"], row["blind"], row["difficulty"]


def test_a_pair_that_all_get_right_is_easy() -> None:
    votes: Votes = {"positive": ["key", "key"], "negative": ["key", "key"], "blind_negative": ["option 2", "nothing"]}
    assert measured(votes, votes) == (1.0, 0.0, 0.0)


def test_difficulty_is_that_of_the_leading_half() -> None:
    misled: Votes = {"positive": ["key", "key"], "negative": ["option 2", "option 2"]}
    assert measured(misled) == (0.5, None, 1.0)


def test_verifiers_count_alike_however_many_votes_they_took() -> None:
    seen, _, hard = measured({"negative": ["key", "option 3", "key"]}, {"negative": ["option 2", "option 2"]})
    assert seen == pytest.approx(1 / 3)
    assert hard == pytest.approx(2 / 3)


def test_an_abstention_is_not_the_key() -> None:
    assert measured({"negative": ["nothing", "key"]})[2] == 0.5


def test_null_where_nobody_voted() -> None:
    assert measured(None) == (None, None, None)
    assert measured(None, {"negative": ["key", "key"]}) == (1.0, None, 0.0)
    assert measured({"positive": ["key", "key"]}) == (1.0, None, None)
    unasked = difficulties(votes_table([None, []])).to_pylist()
    assert unasked == [{"seen": None, "blind": None, "difficulty": None}] * 2


def test_row_for_row_and_none_of_none() -> None:
    easy, hard = Ballot("a", "v", {"negative": ["key"]}), Ballot("b", "v", {"negative": ["option 2"]})
    found = difficulties(votes_table([[hard], None, [easy]]))
    assert found["difficulty"].to_pylist() == [1.0, None, 0.0]
    assert {field.name: field.type for field in found.schema} == dict(Difficulty.columns)
    assert difficulties(votes_table([])).num_rows == 0


def test_columns_beside_the_votes_do_no_harm() -> None:
    votes = votes_table([[Ballot("a", "v", {"negative": ["key"]})]]).append_column("pair_id", pa.array(["a"]))
    assert difficulties(votes)["difficulty"].to_pylist() == [0.0]


def test_a_batch_by_itself_is_not_measured() -> None:
    assert Difficulty().score(table(CLEAN)).to_pylist() == [{"seen": None, "blind": None, "difficulty": None}]


def scores(*difficulty: float | None) -> pa.Table:
    count = len(difficulty)
    nulls = pa.nulls(count, pa.float64())
    return pa.table({
        "pair_id": [str(place) for place in range(count)],
        "seen": nulls, "blind": nulls, "difficulty": pa.array(difficulty, pa.float64()),
    })  # fmt: skip


def test_the_band_keeps_its_ends_and_what_was_not_measured() -> None:
    band = Difficulty(DifficultySettings(easiest=0.25, hardest=0.75))
    found = band.decide(scores(0.0, 0.25, 0.5, None, 0.75, 1.0))
    assert [(drop.pair_id, drop.reason, drop.score, drop.threshold) for drop in found] == [
        ("0", "too-easy", 0.0, 0.25), ("5", "too-hard", 1.0, 0.75),
    ]  # fmt: skip


def test_by_default_all_are_kept() -> None:
    assert Difficulty().decide(scores(0.0, 0.5, 1.0, None)) == []


def test_a_band_upside_down_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"easiest \(0.8\) is above hardest \(0.2\)"):
        DifficultySettings(easiest=0.8, hardest=0.2)


CAST = st.lists(st.sampled_from(["key", "option 2", "option 3", "nothing"]), min_size=1, max_size=3)
BALLOT = st.dictionaries(st.sampled_from(STEPS), CAST)


@given(st.lists(BALLOT, max_size=4))
def test_shares_are_shares_and_one_more_right_vote_makes_no_pair_harder(ballots: list[Votes]) -> None:
    before = measured(*ballots)
    assert all(share is None or 0 <= share <= 1 for share in before)
    assert (before[2] is None) == all("negative" not in votes for votes in ballots)
    better = [{step: [*cast, "key"] if step == "negative" else cast for step, cast in one.items()} for one in ballots]
    after = measured(*better)
    assert after[2] is None or before[2] is None or after[2] <= before[2] + 1e-12
    assert after[1] == before[1]
