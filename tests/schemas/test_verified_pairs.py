"""What a run has to export, before and after people have verified pairs."""

import pyarrow.compute as pc
import pytest

from annotation.verdict import Fix, FixedHalf
from schemas.broken import broken_pairs
from schemas.errors import BadRunFolder
from schemas.tables import pair_row, to_table
from schemas.verified import Exportable, exportable_pairs
from tests.annotation.verifying.judged import ANNA, BOB, CARL, OWNER, Judged, reworded, with_fields


def states(found: Exportable) -> dict[str, str]:
    ids = found.pairs["pair_id"].to_pylist()
    assert len(ids) == len(set(ids))
    return dict(zip(ids, found.pairs["verification"].to_pylist(), strict=True))


def test_before_people_have_verified_all_that_filters_keep(judged: Judged) -> None:
    found = exportable_pairs(judged.run)
    assert list(states(found)) == [pair.pair_id for pair in judged.kept]
    assert (found.left_out, found.dropped_later, set(found.inputs)) == (0, (), {"ingest", "generate", "filter"})


def test_once_people_have_verified_some_these_alone(judged: Judged) -> None:
    right, wrong = judged.train[:2]
    judged.say(right, ANNA)
    judged.say(wrong, ANNA, "reject", faults=("not-visible",))
    judged.verify()
    found = exportable_pairs(judged.run)
    assert states(found) == {right.pair_id: "human-verified"}
    assert found.left_out == len(judged.kept) - 2
    every = states(exportable_pairs(judged.run, unverified=True))
    assert set(every) == {pair.pair_id for pair in judged.kept} - {wrong.pair_id}
    assert every[right.pair_id] == "human-verified"
    assert set(every.values()) == {"human-verified", "unverified"}


def test_where_people_only_rejected_all_but_these(judged: Judged) -> None:
    wrong = judged.train[0]
    judged.say(wrong, ANNA, "reject", faults=("not-visible",))
    judged.verify()
    for unverified in (False, True):
        found = states(exportable_pairs(judged.run, unverified=unverified))
        assert set(found) == {pair.pair_id for pair in judged.kept} - {wrong.pair_id}


def test_pair_whose_correction_was_refused_is_not_thereby_rejected(judged: Judged) -> None:
    pair, other = judged.train[:2]
    judged.say(pair, ANNA, fix=Fix(positive=FixedHalf(question=f"  {pair.positive.text} ")))
    judged.say(pair, OWNER, mode="adjudicate")
    judged.say(other, ANNA)
    judged.verify()
    found = exportable_pairs(judged.run)
    assert set(states(found)) == {pair.pair_id, other.pair_id}
    assert found.dropped_later == ()


def test_verified_pair_that_a_later_filter_drops_is_listed_and_named(judged: Judged) -> None:
    first, second, refused = judged.train[:3]
    for pair in (first, second):
        judged.say(pair, ANNA)
    judged.say(refused, ANNA, "reject", faults=("not-visible",))
    judged.verify()
    judged.filtered_to(second, *judged.train[5:9])
    for again in (False, True):
        if again:
            judged.verify()
        found = exportable_pairs(judged.run)
        assert states(found) == {second.pair_id: "human-verified", first.pair_id: "human-verified"}
        assert found.dropped_later == (first.pair_id,)
        assert refused.pair_id not in states(exportable_pairs(judged.run, unverified=True))


def test_sampled_pair_that_a_later_filter_drops_is_not_listed(judged: Judged) -> None:
    category = judged.train[0].category
    drawn_pair, unseen, *_ = [pair for pair in judged.train if pair.category == category]
    judged.ask(drawn_pair, ANNA, sample=category)
    judged.say(drawn_pair, ANNA)
    judged.verify()
    assert states(exportable_pairs(judged.run))[unseen.pair_id] == "sampled"
    judged.filtered_to(drawn_pair)
    assert set(states(exportable_pairs(judged.run))) == {drawn_pair.pair_id}


def test_corrections_come_last_and_once_though_a_generator_makes_them_later(judged: Judged) -> None:
    pair, other = judged.train[:2]
    judged.say(other, ANNA)
    judged.say(pair, ANNA, fix=reworded(pair))
    judged.verify()
    (new,) = set(judged.rows()) - {other.pair_id}
    found = exportable_pairs(judged.run)
    assert list(states(found)) == [other.pair_id, new]
    assert found.pairs.filter(pc.equal(found.pairs["pair_id"], new))["corrected_from"].to_pylist() == [pair.pair_id]
    made = judged.settled().corrections.pairs[new]
    judged.generate_more(with_fields(made, corrected_from=None))
    assert set(states(exportable_pairs(judged.run))) == {other.pair_id, new}
    judged.verify()
    assert set(states(exportable_pairs(judged.run))) == {other.pair_id, new}


@pytest.mark.parametrize("unverified", [False, True])
def test_broken_pair_is_in_no_export_though_verify_was_written_before_it_was_broken(
    judged: Judged, unverified: bool
) -> None:
    pair, other = judged.train[:2]
    judged.say(other, ANNA)
    spoilt = judged.break_(pair)
    (judged.run.path / "annotate/gold.jsonl").rename(judged.run.path / "gold")
    judged.generate_more(spoilt)
    judged.filtered_to(*judged.kept, spoilt)
    assert spoilt.pair_id in states(exportable_pairs(judged.run))
    for who in (ANNA, BOB, CARL):
        judged.say(spoilt, who)
    judged.verify()
    assert spoilt.pair_id in states(exportable_pairs(judged.run, unverified=unverified))
    (judged.run.path / "gold").rename(judged.run.path / "annotate/gold.jsonl")
    for _ in range(2):
        found = exportable_pairs(judged.run, unverified=unverified)
        assert spoilt.pair_id not in states(found)
        assert found.broken == (spoilt.pair_id,)
        judged.verify()


def test_broken_pair_is_in_no_export_before_anything_was_verified(judged: Judged) -> None:
    spoilt = judged.break_(judged.train[0])
    judged.generate_more(spoilt)
    judged.filtered_to(*judged.kept, spoilt)
    assert broken_pairs(judged.run) == {spoilt.pair_id}
    assert spoilt.pair_id not in states(exportable_pairs(judged.run))


def test_verify_that_names_pairs_that_are_nowhere_is_said_to_be_damaged(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA)
    judged.verify()
    others = [one for one in judged.kept if one.pair_id != pair.pair_id]
    with judged.run.writing(), judged.run.stage("generate") as stage:  # as no command would
        stage.table("pairs", to_table("pairs", sorted(map(pair_row, others), key=lambda row: str(row["pair_id"]))))
        stage.commit()
    judged.filtered_to(*others)
    with pytest.raises(BadRunFolder, match="1 of its pairs are not there"):
        exportable_pairs(judged.run)
