"""``export`` of what people have verified: which pairs, what it says of them, and when there is nothing to do."""

import json

import pytest

from datagen.export import export
from datagen.export.stage import DROPPED_LATER, UNVERIFIED, WRONG, Exported
from schemas.errors import WorkFailed
from schemas.manifest import Manifest
from tests.annotation.verifying.judged import ANNA, BOB, CARL, Judged, reworded


def written(judged: Judged, *, unverified: bool = False) -> tuple[set[str], Manifest]:
    """The ids in the files of an export, and its manifest."""
    done = exported(judged, unverified=unverified)
    rows = [
        row for path in done.path.glob("*.json") if path.name != "manifest.json" for row in json.loads(path.read_text())
    ]
    return {row["id"].rpartition("/")[2].partition("-")[0] for row in rows}, done.manifest  # fmt: skip


def exported(judged: Judged, *, unverified: bool = False) -> Exported:
    with judged.run.writing():
        (done,) = export(judged.run, ["mmr"], unverified=unverified)
    return done


def test_verified_pairs_alone_unless_others_are_asked_for(judged: Judged) -> None:
    right, wrong, mended = judged.train[:3]
    judged.say(right, ANNA)
    judged.say(wrong, ANNA, "reject", faults=("not-visible",))
    judged.say(mended, ANNA, fix=reworded(mended))
    judged.verify()
    (new,) = set(judged.rows()) - {right.pair_id}
    ids, manifest = written(judged)
    assert ids == {right.pair_id, new}
    assert manifest.notes["verification"] == {"human-verified": 2}
    assert manifest.counts[UNVERIFIED] == len(judged.kept) - 3
    assert manifest.inputs["verify"] == judged.run.require("verify").manifest.ref
    ids, manifest = written(judged, unverified=True)
    assert not ids & {wrong.pair_id, mended.pair_id}
    assert {right.pair_id, new} < ids
    assert manifest.notes["verification"]["human-verified"] == 2
    assert manifest.config["include"] == "unverified"


def test_correction_is_in_the_file_of_its_images_split(judged: Judged) -> None:
    pair = judged.benchmark[0]
    judged.say(pair, "owner@example.org", fix=reworded(pair), mode="adjudicate")
    judged.verify()
    (new,) = judged.rows()
    done = exported(judged)
    files = [path.name for path in done.path.glob("*.json") if new in path.read_text() and path.name != "manifest.json"]
    assert files in (["benchmark.json"], ["true_premise.json"])


def test_pairs_that_a_later_filter_would_drop_are_exported_and_listed(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA)
    judged.verify()
    judged.filtered_to(*judged.train[1:5])
    ids, manifest = written(judged)
    assert (ids, manifest.notes[DROPPED_LATER]) == ({pair.pair_id}, [pair.pair_id])


def test_all_that_people_verified_is_exported_though_filters_keep_nothing(judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA)
    judged.verify()
    judged.filtered_to()
    assert written(judged)[0] == {pair.pair_id}


def test_nothing_kept_and_nothing_left_are_said_apart(judged: Judged) -> None:
    judged.filtered_to(judged.train[0])
    judged.say(judged.train[0], ANNA, "reject", faults=("not-visible",))
    judged.verify()
    with pytest.raises(WorkFailed, match="people rejected all"):
        exported(judged)
    judged.filtered_to()
    with pytest.raises(WorkFailed, match="no pair was kept"):
        exported(judged)
    assert judged.run.current("export/mmr") is None


@pytest.mark.parametrize("unverified", [False, True])
def test_broken_pair_is_in_no_export_and_counted(judged: Judged, unverified: bool) -> None:
    pair = judged.train[0]
    spoilt = judged.break_(pair)
    judged.generate_more(spoilt)
    judged.filtered_to(*judged.kept, spoilt)
    ids, manifest = written(judged, unverified=unverified)
    assert spoilt.pair_id not in ids
    assert manifest.counts[WRONG] == 1
    for who in (ANNA, BOB, CARL):
        judged.say(spoilt, who)
    judged.verify()
    done = exported(judged, unverified=unverified)
    assert done.changed
    assert not any(spoilt.pair_id.encode() in path.read_bytes() for path in done.path.rglob("*") if path.is_file())


def test_gold_that_is_broken_later_makes_the_export_anew(judged: Judged) -> None:
    spoilt = judged.break_(judged.train[0])
    (judged.run.path / "annotate/gold.jsonl").rename(judged.run.path / "gold")
    judged.generate_more(spoilt)
    judged.filtered_to(*judged.kept, spoilt)
    assert spoilt.pair_id in written(judged)[0]
    (judged.run.path / "gold").rename(judged.run.path / "annotate/gold.jsonl")
    assert spoilt.pair_id not in written(judged)[0]


def test_unchanged_inputs_give_nothing_to_do_and_new_verdicts_do(judged: Judged) -> None:
    judged.say(judged.train[0], ANNA)
    judged.verify()
    assert exported(judged).changed
    assert not exported(judged).changed
    assert exported(judged, unverified=True).changed
    judged.say(judged.train[1], ANNA)
    judged.verify()
    assert exported(judged).changed


def test_generating_and_filtering_more_leaves_what_people_verified(judged: Judged) -> None:
    first, second = judged.train[:2]
    judged.say(first, ANNA)
    judged.say(second, ANNA, fix=reworded(second))
    judged.verify()
    before = written(judged)[0]
    fresh = judged.settled().corrections.pairs
    assert len(fresh) == 1
    judged.generate_more(*fresh.values())
    judged.filtered_to(*judged.kept[5:], *fresh.values())
    judged.verify()
    assert written(judged)[0] == before
