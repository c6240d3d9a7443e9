"""``push --until-plan`` stops each category at its quota, and ``--mode sample`` stands for what nobody looked at."""

from collections import Counter

import pytest

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import at_hand
from annotation.places import VERDICTS
from annotation.roster import join
from annotation.verdict import Verdict
from app.annotate.dealing import read_plan
from schemas.appended import append
from schemas.pair import Pair
from schemas.run import RunFolder
from schemas.verified import exportable_pairs
from tests.e2e.annotating.commands import leadproof
from tests.e2e.annotating.conftest import Run, Serve

pytestmark = pytest.mark.xdist_group("studio")


def done(run: RunFolder, *words: object) -> str:
    said = leadproof("annotate", *words, "--run", run.path)
    assert said.returncode == 0, said.stderr
    return said.stdout


def all_accept(run: RunFolder, fresh: list[Assignment]) -> None:
    """Verdicts of everybody on all they were asked, as ``pull`` would append them: right on every pair."""
    pairs = at_hand(run).by_id({one.pair_id for one in fresh})
    said = []
    for place, one in enumerate(fresh):
        pair, time = pairs[one.pair_id], f"2026-11-02T{place // 60 % 24:02d}:{place % 60:02d}:00.000000+00:00"
        keys = {"positive": pair.positive.letter, "negative": pair.negative.letter}
        said.append(
            Verdict(
                key=f"http://studio/1@now/{one.annotator}/{one.pair_id}", version=1, annotator=one.annotator,
                mode=one.mode, pair_id=one.pair_id, content=one.content, shown=one.shown, config="test", guidelines=1,
                seconds=9.0, created=time, updated=time,
                **(keys if one.mode == "blind" else {"judgement": "accept"}),
            )
        )  # fmt: skip
    append(run.path / VERDICTS, said)


def staffed(run: RunFolder) -> RunFolder:
    with run.writing():
        for name in ("ana", "ben"):
            join(run.path, f"{name}@example.org")
    return run


def test_until_plan_asks_for_what_is_missing_and_then_for_nothing(scenes: Run, serve: Serve) -> None:
    run = staffed(scenes(30, "judges = 2", "gold = 0.0", "overlap = 0.0"))
    with serve(run):
        done(run, "plan", "--want", 60, "--benchmark", 6)
        quotas = read_plan(run).quotas
        done(run, "push", "--until-plan")
        first = read_assignments(run)
        hand = at_hand(run)
        pairs = hand.by_id({one.pair_id for one in first})
        asked = Counter((pair.category, hand.group(pair)) for pair in pairs.values())
        assert asked == Counter({tuple(cell): number for cell, number in quotas.items() if number})
        all_accept(run, first)
        done(run, "push", "--until-plan")
        assert read_assignments(run) == first, "all was accepted: no quota lacks anything"
    done(run, "verified")
    verified = run.require("verify").manifest.counts["human-verified"]
    assert verified == asked.total() == 60


def test_a_sample_speaks_for_its_category_and_is_told_apart(scenes: Run, serve: Serve) -> None:
    run = staffed(scenes(24, "judges = 2", "gold = 0.0", "overlap = 0.0"))
    with serve(run):
        done(run, "push", "--mode", "sample", "--share", 0.2)
        drawn = read_assignments(run)
        assert {one.sample for one in drawn} == {pair.category for pair in _train(run)}
        done(run, "push", "--mode", "sample", "--share", 0.2)
        assert read_assignments(run) == drawn
    all_accept(run, drawn)
    assert "at most (95 %)" in done(run, "verified")
    states = Counter(exportable_pairs(run).pairs["verification"].to_pylist())
    assert states == {"human-verified": len(drawn), "sampled": len(_train(run)) - len(drawn)}


def _train(run: RunFolder) -> list[Pair]:
    hand = at_hand(run)
    return [pair for pair in hand.kept.values() if hand.group(pair) == "train"]
