"""Annotations become verdicts, each once."""

import copy
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.places import VERDICTS
from annotation.pulling import Pulled, pull, read_verdicts
from annotation.verdict import Verdict
from annotation.votes import Vote, current, votes_of
from schemas.run import RunFolder
from tests.annotation.pulling.fake_studio import ACCEPT, REJECT, URL, Desk, annotation, said
from tests.annotation.verdicts import ANNA, BEN, OWNER, review, small_pair

FIRST, SECOND = small_pair(1), small_pair(2)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(RunFolder.create(tmp_path / "run"))


def pulled(desk: Desk) -> Pulled:
    return pull(desk.run, desk.server.studio)


def log(desk: Desk) -> list[Verdict]:
    return read_verdicts(desk.run.path)


def test_an_annotation_becomes_a_verdict_that_holds_what_was_shown(desk: Desk) -> None:
    task, other = desk.open((FIRST, SECOND))
    task["annotations"] = [annotation(17, ACCEPT)]
    other["annotations"] = [annotation(18, *REJECT, completed_by={"id": 2, "email": ANNA})]
    found = pulled(desk)
    assert found.new == tuple(log(desk))
    first, second = found.new
    assert first == review(
        FIRST, key=f"{URL}/5@2026-11-01/17", seconds=12.346, created="2026-11-02T09:00:00.123456+00:00",
        updated="2026-11-02T09:00:00.500000+00:00",
    )  # fmt: skip
    assert (second.pair_id, second.judgement, second.faults) == (SECOND.pair_id, "reject", ("not-visible",))
    assert (found.edited, found.withdrawn, found.unchanged, found.odd, found.gone) == ((), (), 0, (), ())


def test_a_blind_solve_and_an_adjudication_are_read_by_their_own_pages(desk: Desk) -> None:
    [blind] = desk.open((FIRST,), number=6, mode="blind")
    [word] = desk.open((FIRST,), number=7, annotator=OWNER, mode="adjudicate")
    blind["annotations"] = [annotation(1, said("positive", FIRST.positive.letter), said("negative", "none"))]
    word["annotations"] = [annotation(2, ACCEPT, by=OWNER)]
    pulled(desk)
    votes = votes_of(log(desk), {FIRST.pair_id: FIRST})
    assert set(votes) == {
        Vote(FIRST.pair_id, ANNA, "invalid", "blind"),
        Vote(FIRST.pair_id, OWNER, "valid", "adjudicate"),
    }


def test_pulling_again_appends_nothing(desk: Desk) -> None:
    tasks = desk.open((FIRST, SECOND))
    for number, task in enumerate(tasks):
        task["annotations"] = [annotation(number, ACCEPT)]
    pulled(desk)
    before = (desk.run.path / VERDICTS).read_bytes()
    again = pulled(desk)
    assert (again.new, again.edited, again.withdrawn, again.unchanged) == ((), (), (), 2)
    assert (desk.run.path / VERDICTS).read_bytes() == before


def test_an_edit_becomes_the_next_version(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    pulled(desk)
    task["annotations"] = [annotation(17, *REJECT, second=5)]
    [edited] = pulled(desk).edited
    assert (edited.key, edited.version, edited.judgement) == (f"{URL}/5@2026-11-01/17", 2, "reject")
    assert current(log(desk)) == [edited]
    assert pulled(desk).edited == ()


def test_what_was_deleted_is_withdrawn_and_counts_again_once_it_is_back(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    pulled(desk)
    task["annotations"] = []
    [gone] = pulled(desk).withdrawn
    assert (gone.version, gone.withdrawn) == (2, True)
    assert current(log(desk)) == []
    assert pulled(desk).withdrawn == ()
    task["annotations"] = [annotation(17, ACCEPT)]
    [back] = pulled(desk).edited
    assert (back.version, back.withdrawn) == (3, False)
    assert current(log(desk)) == [back]
    assert pulled(desk).unchanged == 1


def test_a_project_that_is_gone_keeps_its_verdicts_and_is_named(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    pulled(desk)
    del desk.server.projects[5]
    found = pulled(desk)
    assert [one.project for one in found.gone] == [5]
    assert found.withdrawn == ()
    assert len(current(log(desk))) == 1


NOT_TAKEN: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"completed_by": 3}, {}, f"forged? It is by {BEN}"),
    ({"completed_by": None}, {}, "somebody unknown"),
    ({"completed_by": 99}, {}, "somebody unknown"),
    ({"completed_by": True}, {}, "somebody unknown"),
    ({"was_cancelled": True}, {}, "skipped"),
    ({"result": []}, {}, "half-filled"),
    ({"result": None}, {}, "no list"),
    ({"id": None}, {}, "no number"),
    ({"id": "17"}, {}, "no number"),
    ({"lead_time": None}, {}, "no time"),
    ({"lead_time": 0}, {}, "no time"),
    ({"lead_time": -1.0}, {}, "no time"),
    ({"lead_time": True}, {}, "no time"),
    ({"lead_time": "12"}, {}, "no time"),
    ({"lead_time": float("inf")}, {}, "no time"),
    ({"lead_time": float("nan")}, {}, "no time"),
    ({"lead_time": 10**400}, {}, "no time"),
    ({"created_at": None}, {}, "no date"),
    ({"updated_at": "yesterday"}, {}, "no date"),
    ({"updated_at": "0001-01-01T00:00:00+14:00"}, {}, "no date"),
    ({"result": [said("verdict", "fix"), {"from_name": "positive_question_fix", "value": {"text": "\ud800"}}]}, {},
     "does not go together"),
    ({}, {"pair": SECOND.pair_id}, "Nobody was asked"),
    ({}, {"pair": [FIRST.pair_id]}, "Nobody was asked"),
    ({}, {"content": "0" * 16}, "Nobody was asked"),
    ({}, {"content": None}, "Nobody was asked"),
    ({}, {"positive_question": "How many?"}, "changed at the server"),
    ({}, {"negative_options": "   A. On it.\n✔ B. There is none.\n   C. By it."}, "changed at the server"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "data", "why"), NOT_TAKEN)
def test_what_its_annotator_cannot_have_made_is_named_and_not_taken(
    desk: Desk, changes: dict[str, Any], data: dict[str, Any], why: str
) -> None:
    [task] = desk.open((FIRST,))
    task["data"].update(data)
    task["annotations"] = [{**annotation(17, ACCEPT), **changes}]
    found = pulled(desk)
    assert (found.new, log(desk)) == ((), [])
    [odd] = found.odd
    assert why in odd.why
    assert odd.annotator == ANNA
    assert odd.where.startswith(f"{URL}/5@2026-11-01/")
    assert pulled(desk).odd == found.odd


def test_the_key_may_be_moved_by_nobody_who_is_asked_to_review_another_mode(desk: Desk) -> None:
    """A pair that was asked blind is none to review, though it is the same annotator's."""
    [task] = desk.open((FIRST,), number=6, mode="blind")
    desk.open((SECOND,), number=5)
    desk.server.projects[5] = [{**task, "annotations": [annotation(17, ACCEPT)]}]
    [odd] = pulled(desk).odd
    assert "Nobody was asked" in odd.why


def test_a_verdict_stays_while_its_annotation_is_half_filled(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    pulled(desk)
    task["annotations"] = [annotation(17, second=3)]
    found = pulled(desk)
    assert (found.withdrawn, len(found.odd), len(current(log(desk)))) == ((), 1, 1)


@pytest.mark.parametrize("annotations", [None, {}, {"id": 1}, "text", 3, True, [None, 1, "x", []]])
def test_a_task_without_annotations_is_passed_over(desk: Desk, annotations: object) -> None:
    task, other = desk.open((FIRST, SECOND))
    task["annotations"] = annotations
    other["annotations"] = [annotation(17, ACCEPT)]
    found = pulled(desk)
    assert (len(found.new), found.odd) == (1, ())


def test_an_annotation_that_is_told_twice_is_one(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    desk.server.projects[5] = [task, copy.deepcopy(task)]
    assert len(pulled(desk).new) == 1
    assert pulled(desk).unchanged == 1


def test_guidelines_are_those_that_were_shown_when_it_was_said(desk: Desk) -> None:
    tasks = desk.open((FIRST, SECOND, small_pair(3), small_pair(4)))
    desk.shows(2, "2026-11-02T09:00:10+00:00")
    desk.shows(3, "2026-11-02T09:00:20+00:00")
    moments = (
        "2026-10-01T00:00:00Z",
        "2026-11-02T09:00:09.999999Z",
        "2026-11-02T10:00:10+01:00",
        "2026-11-03T00:00:00Z",
    )
    for number, (task, moment) in enumerate(zip(tasks, moments, strict=True)):
        task["annotations"] = [annotation(number, ACCEPT, updated_at=moment)]
    assert [one.guidelines for one in pulled(desk).new] == [1, 1, 2, 3]
    desk.shows(4, "2026-11-04T00:00:00+00:00")
    assert pulled(desk).unchanged == 4


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_moments_sort_as_they_came_however_a_server_writes_them(desk: Desk) -> None:
    tasks = desk.open(tuple(small_pair(number) for number in range(4)))
    moments = (
        "2026-11-02T08:59:59",
        "2026-11-02T09:00:00Z",
        "2026-11-02T09:00:00.000001Z",
        "2026-11-02T11:00:00.5+02:00",
    )
    for number, (task, moment) in enumerate(zip(tasks, moments, strict=True)):
        task["annotations"] = [annotation(number, ACCEPT, updated_at=moment)]
    told = [one.updated for one in pulled(desk).new]
    assert told == sorted(told)
    assert len({len(one) for one in told}) == 1


def test_a_server_at_another_address_brings_no_verdict_twice(desk: Desk) -> None:
    task, other = desk.open((FIRST, SECOND))
    task["annotations"] = [annotation(17, ACCEPT)]
    desk.shows(2, "2026-11-02T12:00:00+00:00")
    pulled(desk)
    desk.server.url = "http://studio.example.org:9090"
    desk.shows(2, "2026-11-05T00:00:00+00:00")
    other["annotations"] = [annotation(18, *REJECT)]
    found = pulled(desk)
    assert (found.unchanged, found.edited, [one.pair_id for one in found.new]) == (1, (), [SECOND.pair_id])
    task["annotations"] = [annotation(17, *REJECT, second=9)]
    [edited] = pulled(desk).edited
    assert (edited.key, edited.version) == (f"{URL}/5@2026-11-01/17", 2)
    assert len(current(log(desk))) == 2


def test_projects_of_other_servers_are_left_alone(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    pulled(desk)
    desk.server.url = "http://elsewhere.example.org"
    found = pulled(desk)
    assert (found.new, found.withdrawn, found.unchanged, found.gone) == ((), (), 0, ())


def test_nothing_is_appended_where_the_server_does_not_answer_to_the_end(desk: Desk) -> None:
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    desk.server.down = True
    with pytest.raises(ConnectionError):
        pulled(desk)
    assert log(desk) == []


def test_the_lock_is_held_while_verdicts_are_appended_and_what_came_meanwhile_is_seen(desk: Desk) -> None:
    """Another pull reads a newer state, and appends it, while this one waits for the lock."""
    [task] = desk.open((FIRST,))
    task["annotations"] = [annotation(17, ACCEPT)]
    newer = copy.deepcopy(desk.server)
    newer.projects[5][0]["annotations"] = [annotation(17, *REJECT, second=9), annotation(18, ACCEPT, second=9)]

    @contextmanager
    def busy() -> Iterator[None]:
        pull(desk.run, newer.studio)
        yield

    found = pull(desk.run, desk.server.studio, locked=busy)
    assert (found.new, found.edited, found.withdrawn) == ((), (), ())
    assert [(one.key, one.version, one.judgement) for one in log(desk)] == [
        (f"{URL}/5@2026-11-01/17", 1, "reject"), (f"{URL}/5@2026-11-01/18", 1, "accept"),
    ]  # fmt: skip


def test_progress_counts_projects(desk: Desk) -> None:
    desk.open((FIRST,))
    desk.open((FIRST,), number=6, annotator=BEN)
    told: list[int] = []
    pull(desk.run, desk.server.studio, on_projects=told.append, on_progress=told.append)
    assert told == [2, 1, 1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800") | st.just(10**400),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "pair", "content"]), inner),
    max_leaves=4,
)
FIELDS = st.sampled_from(sorted(annotation(1)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELDS, JSON, max_size=3), st.dictionaries(st.sampled_from(["data", "annotations"]), JSON))
def test_whatever_a_server_answers_is_read_and_reading_it_again_appends_nothing(
    desk: Desk, changes: dict[str, Any], outer: dict[str, Any]
) -> None:
    if 5 not in desk.server.projects:
        desk.open((FIRST, SECOND))
    first, second = desk.server.projects[5]
    sound = {"id": 200, "data": second["data"], "annotations": [annotation(18, ACCEPT)]}
    desk.server.projects[5] = [{**first, "annotations": [{**annotation(17, ACCEPT), **changes}], **outer}, sound]
    pulled(desk)
    before = log(desk)
    again = pulled(desk)
    assert (again.new, again.edited, again.withdrawn, log(desk)) == ((), (), (), before)
    assert SECOND.pair_id in {one.pair_id for one in current(before)}
    desk.server.projects[5] = [first, second]
