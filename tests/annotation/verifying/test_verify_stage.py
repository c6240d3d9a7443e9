"""``verify/`` as it is committed: rows, drops, samples, and what makes it again."""

import pytest

from annotation.places import ASSIGNMENTS, GOLD, VERDICTS
from schemas.errors import BadRunFolder, MissingStage
from schemas.pair import Pair
from schemas.run import RunFolder
from tests.annotation.verifying.judged import ANNA, BOB, CARL, OWNER, Judged, reworded


def sample_of(judged: Judged, number: int) -> tuple[list[Pair], list[Pair]]:
    """Pairs of one category that people train on: so many that are drawn, and the others."""
    category = judged.train[0].category
    found = [pair for pair in judged.train if pair.category == category]
    for pair in found[:number]:
        judged.ask(pair, ANNA, sample=category)
    return found[:number], found[number:]


def test_rows_say_how_far_people_agreed_and_who_had_the_word(judged: Judged) -> None:
    agreed, settled, solved = judged.train[:3]
    for pair in judged.train[3:10]:
        for who in (ANNA, BOB):
            judged.say(pair, who)
    for who in (ANNA, BOB):
        judged.say(agreed, who)
    judged.say(settled, ANNA)
    judged.say(settled, BOB, "reject", faults=("not-visible",))
    judged.say(settled, OWNER, mode="adjudicate")
    judged.break_(solved)
    done = judged.verify()
    rows = judged.rows()
    one = rows[agreed.pair_id]
    assert (one["verification"], one["votes"], one["unanimous"], one["by"]) == ("human-verified", 2, True, "consensus")
    assert 0.8 < one["confidence"] <= 1
    two = rows[settled.pair_id]
    assert (two["confidence"], two["votes"], two["unanimous"], two["by"]) == (1.0, 3, False, "owner")
    three = rows[solved.pair_id]
    assert (three["confidence"], three["votes"], three["unanimous"], three["by"]) == (1.0, 1, True, "owner")
    assert list(rows) == sorted(rows)
    assert done.manifest.counts["human-verified"] == len(rows) == 10


def test_unchanged_inputs_give_nothing_to_do(judged: Judged) -> None:
    judged.say(judged.train[0], ANNA)
    first = judged.verify()
    assert (first.changed, judged.verify().changed) == (True, False)
    judged.say(judged.train[1], ANNA)
    assert judged.verify().changed


@pytest.mark.parametrize("line", ["confidence = 0.9", 'consensus = "majority"'])
def test_settings_that_bear_on_it_make_it_anew(judged: Judged, line: str) -> None:
    judged.say(judged.train[0], ANNA)
    judged.verify()
    with (judged.run.path / "leadproof.toml").open("a") as file:
        file.write(f"{line}\n")
    assert judged.verify().changed


def test_same_verdicts_give_the_same_rows_whatever_was_committed_before(judged: Judged) -> None:
    for number, pair in enumerate(judged.train[:12]):
        fix = reworded(pair) if number % 4 == 1 else None
        judged.say(pair, ANNA, "reject" if number % 3 == 2 else "accept", fix=fix)
        judged.say(pair, BOB)
        judged.verify()  # a number each time
    before = judged.run.require("verify")
    tables = {name: before.table(name) for name in ("verified", "pairs", "drops")}
    for folder in judged.run.numbered("verify"):
        judged.run.remove(folder)
    again = judged.verify().manifest
    assert all(judged.run.require("verify").table(name).equals(table) for name, table in tables.items())
    assert (again.counts, again.drops, again.notes) == (
        before.manifest.counts, before.manifest.drops, before.manifest.notes,
    )  # fmt: skip


def test_no_verdicts_yet_says_what_to_do(judged: Judged) -> None:
    with pytest.raises(MissingStage, match="no verdicts yet"):
        judged.verify()
    assert judged.run.current("verify") is None


@pytest.mark.parametrize("place", [VERDICTS, ASSIGNMENTS, GOLD])
def test_a_damaged_line_is_named_and_nothing_is_committed(judged: Judged, place: object) -> None:
    judged.say(judged.train[0], ANNA)
    judged.break_(judged.train[1])
    path = judged.run.path / str(place)
    path.write_text("{}\n" + path.read_text())
    with pytest.raises(BadRunFolder, match=f"{path.name}:1"):
        judged.verify()
    assert judged.run.current("verify") is None


def test_broken_pairs_are_in_no_table_of_verify(judged: Judged) -> None:
    pair = judged.train[0]
    spoilt = judged.break_(pair)
    judged.generate_more(spoilt)  # and if a generator made just it
    judged.filtered_to(*judged.kept, spoilt)
    for who in (ANNA, BOB, CARL):
        judged.say(spoilt, who)
    judged.say(spoilt, OWNER, mode="adjudicate")
    sample_of(judged, 3)
    judged.verify()
    stage = judged.run.require("verify")
    for name in ("verified", "pairs", "drops"):
        assert spoilt.pair_id not in str(stage.table(name).to_pylist())
    assert pair.pair_id in judged.rows()


def test_unseen_pairs_are_sampled_once_their_categorys_sample_is_settled(judged: Judged) -> None:
    drawn, rest = sample_of(judged, 4)
    for pair in drawn[:3]:
        judged.say(pair, ANNA)
    judged.verify()
    assert set(judged.rows()) == {pair.pair_id for pair in drawn[:3]}
    judged.say(drawn[3], ANNA, "reject", faults=("not-visible",))
    done = judged.verify()
    rows = judged.rows()
    sampled = {pair_id for pair_id, row in rows.items() if row["verification"] == "sampled"}
    assert sampled == {pair.pair_id for pair in rest}
    for pair_id in sampled:
        assert (rows[pair_id]["confidence"], rows[pair_id]["unanimous"]) == (None, None)
    (told,) = done.manifest.notes["samples"].values()
    assert (told["judged"], told["wrong"], told["open"], told["error"]) == (4, 1, 0, 0.25)
    assert told["bound"] > 0.25


def test_disputed_pair_of_a_sample_leaves_it_open(judged: Judged) -> None:
    drawn, _ = sample_of(judged, 3)
    for pair in drawn[:2]:
        judged.say(pair, ANNA)
    judged.say(drawn[2], ANNA, "unsure")
    judged.verify()
    assert {row["verification"] for row in judged.rows().values()} == {"human-verified"}


def test_sampled_pairs_are_never_human_verified_nor_of_the_benchmark(judged: Judged) -> None:
    drawn, rest = sample_of(judged, 3)
    for pair in drawn:
        judged.say(pair, ANNA)
    judged.say(rest[0], BOB)
    judged.ask(rest[1], BOB)  # asked, so that it is judged and not sampled
    judged.verify()
    rows = judged.rows()
    assert rows[rest[0].pair_id]["verification"] == "human-verified"
    assert rest[1].pair_id not in rows
    assert not {pair.pair_id for pair in judged.benchmark} & set(rows)


def test_drops_name_what_was_rejected_by_which_faults_and_what_took_its_place(judged: Judged) -> None:
    refused, mended = judged.train[:2]
    judged.say(refused, ANNA, "reject", faults=("not-visible", "several-right"))
    judged.say(mended, ANNA, fix=reworded(mended))
    done = judged.verify()
    drops = {row["pair_id"]: row for row in judged.run.require("verify").table("drops").to_pylist()}
    assert drops[refused.pair_id]["reason"] == "rejected-by-people"
    assert drops[refused.pair_id]["detail"] == "not-visible (1), several-right (1)"
    (new,) = judged.run.require("verify").table("pairs")["pair_id"].to_pylist()
    assert (drops[mended.pair_id]["reason"], drops[mended.pair_id]["lost_to"]) == ("corrected-by-people", new)
    assert done.manifest.drops == {"corrected-by-people": 1, "rejected-by-people": 1}


def test_verified_stays_verified_when_later_filters_keep_nothing(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA)
    judged.verify()
    judged.filtered_to()
    assert judged.verify().changed
    assert set(judged.rows()) == {pair.pair_id}


def test_correction_that_is_generated_later_stays_verified_once(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, fix=reworded(pair))
    judged.verify()
    (new,) = judged.rows()
    made = judged.settled().corrections.pairs[new]
    judged.generate_more(made.model_copy(update={"corrected_from": None}))
    judged.filtered_to(*judged.kept, made)
    judged.verify()
    assert set(judged.rows()) == {new}


def test_manifest_names_what_it_was_made_from(judged: Judged) -> None:
    judged.say(judged.train[0], ANNA)
    judged.verify()
    found = RunFolder.open(judged.run.path).require("verify").manifest
    assert set(found.inputs) == {"ingest", "generate", "filter"}
    assert set(found.sources) == {"verdicts.jsonl", "assignments.jsonl"}
