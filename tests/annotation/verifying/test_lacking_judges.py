"""Whom the report names settles nothing alone, and who has left is not waited for: others are asked."""

from annotation.assigning import Staff, assignment, deal_again, read_assignments
from annotation.places import ASSIGNMENTS
from annotation.roster import join, leave
from annotation.settings import annotate_settings
from annotation.verifying import Settled
from schemas.appended import append
from schemas.pair import Pair
from tests.annotation.verifying.judged import ANNA, BOB, CARL, OWNER, Judged

QUICK = 0.5


def clicked_through(judged: Judged) -> list[Pair]:
    """Anna judges with care; Bob, much faster, accepts whatever comes: the pairs that he had alone."""
    for place, pair in enumerate(judged.train[:40]):
        judged.say(pair, ANNA, "reject" if place % 3 == 0 else "accept")
        judged.say(pair, BOB, seconds=QUICK)
    alone = judged.train[40:50]
    for pair in alone:
        judged.say(pair, BOB, seconds=QUICK)
    return alone


def staff(judged: Judged, *people: str) -> Staff:
    run = judged.run
    return Staff(people, annotate_settings(run), run.settings.run.seed, assigned=read_assignments(run))


def dealt(judged: Judged, settled: Settled, *people: str) -> set[tuple[str, str]]:
    pairs = {pair.pair_id: pair for pair in judged.kept}
    again = deal_again(settled.lacking, pairs, staff(judged, *people), settled.doubtful)
    return {(one.pair_id, one.annotator) for one in again}


def test_what_one_who_clicks_through_accepted_alone_waits_for_somebody_else(judged: Judged) -> None:
    alone = {pair.pair_id for pair in clicked_through(judged)}
    settled = judged.settled()
    assert settled.doubtful == {BOB}
    assert settled.lacking == dict.fromkeys(alone, 1)
    assert alone <= set(settled.pending)
    assert alone.isdisjoint(settled.verified)
    assert dealt(judged, settled, ANNA, BOB) == {(one, ANNA) for one in alone}


def test_somebody_elses_word_settles_it(judged: Judged) -> None:
    first, *others = clicked_through(judged)
    judged.say(first, ANNA)
    settled = judged.settled()
    assert first.pair_id in settled.verified
    assert set(settled.lacking) == {pair.pair_id for pair in others}


def test_while_somebody_is_asked_nobody_else_is(judged: Judged) -> None:
    first, *_ = clicked_through(judged)
    judged.ask(first, CARL)
    settled = judged.settled()
    assert first.pair_id not in settled.lacking
    assert first.pair_id in settled.pending


def test_nobody_is_asked_twice(judged: Judged) -> None:
    alone = clicked_through(judged)
    assert dealt(judged, judged.settled(), BOB) == set()
    assert len(alone) == 10


def test_what_waits_for_somebody_who_has_left_is_dealt_to_others(judged: Judged) -> None:
    with judged.run.writing():
        for who in (ANNA, BOB):
            join(judged.run.path, who)
        leave(judged.run.path, BOB)
    open_, done, shared = judged.train[:3]
    judged.ask(open_, BOB)
    judged.say(done, BOB)
    judged.ask(shared, BOB)
    judged.say(shared, ANNA)
    settled = judged.settled()
    assert settled.lacking == {open_.pair_id: 1}
    assert {done.pair_id, shared.pair_id} <= set(settled.verified)
    assert dealt(judged, settled, ANNA) == {(open_.pair_id, ANNA)}


def test_a_benchmark_pair_wants_as_many_sound_judges_as_it_was_dealt_to(judged: Judged) -> None:
    clicked_through(judged)
    pair = judged.benchmark[0]
    judged.ask(pair, ANNA, BOB, mode="blind", judges=2)
    judged.solve(pair, ANNA)
    judged.solve(pair, BOB)
    settled = judged.settled()
    assert settled.lacking[pair.pair_id] == 1
    assert pair.pair_id in settled.pending
    again = deal_again({pair.pair_id: 1}, {pair.pair_id: pair}, staff(judged, ANNA, BOB, CARL), {BOB})
    assert [(one.annotator, one.mode, one.judges) for one in again] == [(CARL, "blind", 2)]


def test_the_owner_alone_is_taken_at_their_word(judged: Judged) -> None:
    for pair in judged.train[:30]:
        judged.say(pair, OWNER, seconds=QUICK)
    settled = judged.settled()
    assert settled.doubtful == frozenset()
    assert len(settled.verified) == 30


def test_what_the_owner_solves_for_gold_is_dealt_to_nobody_else_even_if_they_left(judged: Judged) -> None:
    first, second = judged.train[:2]
    append(judged.run.path / ASSIGNMENTS, [assignment(one, OWNER, "blind", solving=True) for one in (first, second)])
    with judged.run.writing():
        join(judged.run.path, OWNER)
        leave(judged.run.path, OWNER)
    judged.say(first, OWNER, mode="blind", positive=first.positive.letter, negative=first.negative.letter)
    settled = judged.settled()
    assert settled.lacking == {}
    assert second.pair_id not in settled.pending
