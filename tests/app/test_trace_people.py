"""``trace`` tells people's part in a pair's story: what they said, what it comes to, and whether it is gold."""

import json
from pathlib import Path

import pytest

from annotation.verdict import Fix, FixedHalf
from schemas.pair import Pair
from schemas.tables import to_table
from tests.annotation.verifying.judged import ANNA, BOB, CARL, Judged, copied, other_letter, reworded
from tests.app.said import Leadproof


@pytest.fixture
def judged(drawn_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judged:
    monkeypatch.setenv("COLUMNS", "80")
    return copied(drawn_run, tmp_path / "run")


def told(leadproof: Leadproof, judged: Judged, pair: Pair | str) -> list[str]:
    """The lines of a story; none is wider than 80 columns save those of questions and options."""
    said = leadproof("trace", pair if isinstance(pair, str) else pair.pair_id, "--run", judged.run.path)
    assert (said.code, said.err) == (0, "")
    return said.out.splitlines()


def fate(leadproof: Leadproof, judged: Judged, pair: Pair | str) -> str:
    return told(leadproof, judged, pair)[1]


def test_run_without_people_tells_nothing_of_them(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    lines = told(leadproof, judged, pair)
    assert lines[1].startswith("kept, rank ")
    assert "People" not in lines
    said = leadproof("trace", pair.pair_id, "--run", judged.run.path, "--json")
    assert json.loads(said.out)["people"] is None


def test_pair_that_nobody_was_asked_about_has_no_part_of_theirs(leadproof: Leadproof, judged: Judged) -> None:
    judged.say(judged.train[0], ANNA)
    assert "People" not in told(leadproof, judged, judged.train[1])


def test_verified_pair_says_by_whom_and_how_surely(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    for who in (ANNA, BOB):
        judged.say(pair, who, comment="as clear as day" if who == BOB else "")
    assert fate(leadproof, judged, pair).endswith("verified by people, once `annotate verified` has run again")
    judged.verify()
    lines = told(leadproof, judged, pair)
    assert lines[1].endswith("; verified by people")
    text = "\n".join(lines)
    assert "verification  human-verified" in text
    assert "confidence 0." in text
    assert "from 2 votes" in text
    assert "2026-11-02 09:00  anna@example.org, review: accept" in text
    assert "“as clear as day”" in text
    assert max(len(line.rstrip()) for line in lines[lines.index("People") :]) <= 80


def test_rejected_pair_is_dropped_in_verify_by_its_faults(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    judged.say(pair, ANNA, "reject", faults=("not-visible",))
    judged.verify()
    lines = told(leadproof, judged, pair)
    assert lines[1] == "dropped in verify: rejected-by-people (not-visible (1))"
    assert any("review: reject, not visible" in line for line in lines)


def test_people_have_the_last_word_where_filters_drop_it_too(leadproof: Leadproof, judged: Judged) -> None:
    right, wrong = judged.train[:2]
    judged.say(right, ANNA)
    judged.say(wrong, ANNA, "reject", faults=("not-visible",))
    judged.verify()
    judged.filtered_to(*judged.train[2:6])
    assert fate(leadproof, judged, right) == "verified by people; a later filter would drop it: hedging"
    assert fate(leadproof, judged, wrong).startswith("dropped in verify: rejected-by-people")


def test_correction_has_a_story_of_its_own(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    letter = other_letter(pair.negative)
    judged.say(pair, ANNA, fix=Fix(positive=reworded(pair).positive, negative=FixedHalf(letter=letter)))
    (new,) = judged.settled().corrections.pairs
    assert "once `annotate verified` has run again" in fate(leadproof, judged, new)
    judged.verify()
    lines = told(leadproof, judged, new)
    assert lines[1] == f"a correction of {pair.pair_id}; verified by people"
    for part in (f"Positive: Look closely. {pair.positive.text}", f" *{letter}. "):
        assert any(line.startswith(part) for line in lines)
    rows = {tuple(line.split()[:2]): line.split()[-1] for line in lines if line.strip()}
    assert rows["corrected", "from"] == pair.pair_id
    assert rows["written", "by"] == ANNA
    assert any(line.startswith("image") and "train" in line for line in lines)
    lines = told(leadproof, judged, pair)
    assert lines[1] == f"dropped in verify: corrected-by-people, lost to {new}"
    assert any(line.startswith("corrected into") and new in line for line in lines)
    assert any(f"negative key: {letter}" in line for line in lines)
    judged.say(pair, ANNA, "reject", faults=("not-visible",))
    assert fate(leadproof, judged, new) == f"a correction of {pair.pair_id}, which is not made any more"


@pytest.mark.parametrize("committed", [False, True])
def test_disputed_and_pending_are_told_apart(leadproof: Leadproof, judged: Judged, committed: bool) -> None:
    disputed, pending, waiting = judged.train[:3]
    judged.say(disputed, ANNA)
    judged.say(disputed, BOB, "reject", faults=("not-visible",))
    judged.ask(pending, ANNA, BOB, CARL)
    judged.say(pending, ANNA)
    judged.ask(waiting, ANNA)
    if committed:
        judged.verify()
    assert fate(leadproof, judged, disputed).endswith("; what people said does not settle it")
    assert fate(leadproof, judged, pending).endswith("; not judged yet by all who were asked")
    assert any("1 of 3 who were asked have judged it" in line for line in told(leadproof, judged, pending))
    assert any("0 of 1 who were asked have judged it" in line for line in told(leadproof, judged, waiting))


def test_sampled_pair_says_that_nobody_looked_at_it(leadproof: Leadproof, judged: Judged) -> None:
    category = judged.train[0].category
    one, unseen, *_ = [pair for pair in judged.train if pair.category == category]
    judged.ask(one, ANNA, sample=category)
    judged.say(one, ANNA)
    judged.verify()
    lines = told(leadproof, judged, unseen)
    assert lines[1].endswith("; a sample of its category was judged")
    assert any(line.split() == ["verification", "sampled"] for line in lines)


def test_blind_solves_are_told_as_answers(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.benchmark[0]
    judged.solve(pair, ANNA)
    judged.solve(pair, BOB, right=False)
    text = "\n".join(told(leadproof, judged, pair))
    key = f"{pair.positive.letter} and {pair.negative.letter}, as the key"
    assert f"{ANNA}, blind: {key}" in text
    assert f"{BOB}, blind: none and {pair.negative.letter}, not the key" in text


def test_gold_is_called_gold_and_a_broken_pair_broken(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    spoilt = judged.break_(pair)
    judged.say(spoilt, ANNA)
    judged.verify()
    lines = told(leadproof, judged, spoilt)
    assert lines[1] == "broken on purpose, to measure annotators; nobody's data"
    assert any(line.startswith("gold") and f"broken from {pair.pair_id}" in line for line in lines)
    lines = told(leadproof, judged, pair)
    assert any(line.startswith("gold") and "solved by the owner, as the key has it" in line for line in lines)
    assert spoilt.pair_id not in "\n".join(lines)


def test_what_people_wrote_is_escaped_and_bounded(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    fix = Fix(positive=FixedHalf(question="\x1b[31m[bold]what?\u202e" + "y" * 1_900))
    judged.say(pair, ANNA, fix=fix, comment="\x1b[2J[red]" + "x" * 1_900)
    said = leadproof("trace", pair.pair_id, "--run", judged.run.path)
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    assert r"\x1b[2J[red]xxx" in said.out
    assert said.out.count("x") < 500
    as_json = leadproof("trace", pair.pair_id, "--run", judged.run.path, "--json")
    (one,) = json.loads(as_json.out)["people"]["verdicts"]
    assert (one["annotator"], one["judgement"], one["fix"]["positive"]["question"][:5]) == (ANNA, "fix", "\x1b[31m")
    assert "\x1b" not in as_json.out


def test_letters_are_those_that_filters_gave_and_people_saw(leadproof: Leadproof, judged: Judged) -> None:
    pair = judged.train[0]
    turned = pair.positive.order[::-1]
    with judged.run.writing(), judged.run.stage("filter") as stage:
        row = {"rank": 1, "pair_id": pair.pair_id, "positive_order": list(turned)}
        stage.table("kept", to_table("kept", [row]))
        stage.table("drops", to_table("drops", []))
        stage.table("scores", to_table("pairs", []).select(["pair_id"]))
        stage.commit(counts={"kept": 1})
    lines = told(leadproof, judged, pair)
    letter = pair.positive.model_copy(update={"order": turned}).letter
    assert any(line.startswith(f" *{letter}. {pair.positive.right}") for line in lines)
