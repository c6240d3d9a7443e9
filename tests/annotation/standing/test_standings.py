"""Standings: what is counted of whom."""

from annotation.consensus import ConsensusResult, Skill
from annotation.standing import GoldScore, standings
from annotation.verdict import Judgement, Mode, Verdict
from annotation.votes import votes_of
from tests.annotation.consensus.simulated import project, scene_pairs, shown_of

ANN, BOB = "ann@example.org", "bob@example.org"
PAIRS = {pair.pair_id: pair for pair in scene_pairs(6, 3)}
IDS = list(PAIRS)


def verdict(
    pair_id: str, who: str = ANN, *, judgement: Judgement | None = "accept", mode: Mode = "review",
    letters: tuple[str, str] | None = None, seconds: float | None = None, version: int = 1, withdrawn: bool = False,
    comment: str = "",
) -> Verdict:  # fmt: skip
    return Verdict(
        key=f"{who} {mode} {pair_id}", version=version, withdrawn=withdrawn, annotator=who, mode=mode, pair_id=pair_id,
        content="0", shown=shown_of(PAIRS[pair_id]), config="1", guidelines=0,
        judgement=None if letters else judgement,
        positive=letters[0] if letters else None, negative=letters[1] if letters else None,
        seconds=seconds, comment=comment, created="2026-11-02T09:00:00Z", updated="2026-11-02T09:00:00Z",
    )  # fmt: skip


def test_counts_what_somebody_did() -> None:
    said = [
        verdict(IDS[0], seconds=10.0), verdict(IDS[1], seconds=30.0, comment="blurred"), verdict(IDS[2], seconds=20.0),
        verdict(IDS[3], judgement="unsure"), verdict(IDS[4], who=BOB, judgement="reject"),
    ]  # fmt: skip
    found = standings(said, votes_of(said, PAIRS), {}, ConsensusResult(skills={ANN: Skill(ANN, 0.9, 0.8, 3)}))
    assert list(found) == [ANN, BOB]
    ann = found[ANN]
    assert (ann.done, ann.judgements, ann.comments) == (4, {"accept": 3, "unsure": 1}, 1)
    assert (ann.seconds, ann.per_hour) == (20.0, 180.0)
    assert ann.skill == Skill(ANN, 0.9, 0.8, 3)
    assert ann.same is not None
    assert (ann.same.answer, ann.same.share, ann.same.others) == ("accept", 0.75, 0.0)
    assert (found[BOB].seconds, found[BOB].per_hour, found[BOB].skill, found[BOB].flags) == (None, None, None, ())


def test_old_versions_and_withdrawn_verdicts_play_no_part() -> None:
    said = [verdict(IDS[0]), verdict(IDS[0], judgement="reject", version=2), verdict(IDS[1], withdrawn=True)]
    found = standings(said, votes_of(said, PAIRS), {}, ConsensusResult())[ANN]
    assert (found.done, found.judgements) == (1, {"reject": 1})


def test_adjudicating_is_nobodys_queue() -> None:
    said = [verdict(IDS[0], mode="adjudicate")]
    assert standings(said, votes_of(said, PAIRS), {IDS[0]: "valid"}, ConsensusResult()) == {}


def test_blind_solves_count_letters_and_are_right_on_gold_by_the_key() -> None:
    keys = [(PAIRS[one].positive.letter, PAIRS[one].negative.letter) for one in IDS]
    said = [verdict(one, mode="blind", letters=letters) for one, letters in zip(IDS, keys, strict=True)]
    found = standings(said, votes_of(said, PAIRS), {IDS[0]: "valid", IDS[1]: "invalid"}, ConsensusResult())[ANN]
    assert (found.done, found.blind, found.judgements) == (6, 6, {})
    assert found.gold == GoldScore(2, 1, 0, valid=(1, 1), broken=(0, 1))
    assert found.same is not None
    assert found.same.answers == 12


def test_simulated_projects_add_up() -> None:
    made = project(seed=1, count=50)
    found = standings(made.verdicts, votes_of(made.verdicts, made.pairs), made.gold, ConsensusResult())
    assert sum(one.done for one in found.values()) == len(made.verdicts)
    assert {one.gold.seen for one in found.values()} == {len(made.gold)}
