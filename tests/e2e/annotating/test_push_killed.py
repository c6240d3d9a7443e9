"""Every pair once, whatever is killed and repeated."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.assigning import read_assignments
from annotation.roster import join
from annotation.settings import annotate_settings
from annotation.studio import Studio, read_projects
from app.annotate.dealing import Dealing, Dealt, deal
from schemas.errors import LeadproofError
from schemas.run import RunFolder
from tests.e2e.annotating.conftest import Run, Serve, cut_power

pytestmark = pytest.mark.xdist_group("studio")
Progress = Callable[[int], None]


def pushed(run: RunFolder, studio: Studio, pairs: int, on_progress: Progress = lambda _: None) -> Dealt:
    with run.writing():
        dealing = Dealing(annotate_settings(run), limit=pairs)
        return deal(run, studio, "local-files", dealing, on_tasks=lambda _: None, on_progress=on_progress)


def at_server(run: RunFolder, studio: Studio) -> Counter[tuple[str, str, str]]:
    """How often each annotator is asked about each pair, in each mode."""
    found: Counter[tuple[str, str, str]] = Counter()
    for project in {one.project: one for one in read_projects(run)}.values():
        for task in studio.client.tasks.list(project=project.project, fields="task_only", page_size=1_000):
            found[project.annotator, project.mode, str(task.data["pair"])] += 1
    return found


def staffed(run: RunFolder) -> RunFolder:
    with run.writing():
        for name in ("ana", "ben", "cem"):
            join(run.path, f"{name}@example.org")
    return run


def test_a_push_whose_server_dies_is_completed_by_repeating_it(scenes: Run, serve: Serve) -> None:
    run = staffed(scenes(32))

    with serve(run, dies=True) as studio, pytest.raises(LeadproofError) as stopped:
        pushed(run, studio, 200, on_progress=lambda _: cut_power(studio))
    assert "no Label Studio answers" in str(stopped.value)
    with serve(run) as studio:
        before = at_server(run, studio)
        done = pushed(run, studio, 200)
        once = at_server(run, studio)
        assert 0 < before.total() < once.total()
        assert set(once.values()) == {1}
        assert set(once) == {one.key for one in read_assignments(run)}
        assert len({one.pair_id for one in read_assignments(run)}) >= 200
        assert sum(done.pushed.added.values()) == once.total() - before.total()
        again = pushed(run, studio, 1)
        assert sum(again.pushed.added.values()) == again.pushed.assigned


def test_later_pairs_are_added_and_earlier_ones_stay_with_whom_they_are(scenes: Run, serve: Serve) -> None:
    run = staffed(scenes(24))
    with serve(run) as studio:
        pushed(run, studio, 20)
        first = at_server(run, studio)
        with run.writing():
            join(run.path, "dan@example.org")
        pushed(run, studio, 40)
        second = at_server(run, studio)
    assert set(second.values()) == {1}
    assert set(first) < set(second)
    assert len({pair for _, _, pair in second}) == 60
    assert any(who == "dan@example.org" for who, _, _ in second)


@pytest.mark.slow
def test_two_thousand_pairs_through_servers_that_die_at_random(
    scenes: Run, serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = staffed(scenes(320))
    dice = random.Random(7)
    deaths = 0
    for _ in range(6):
        with serve(run, dies=True) as studio:
            threading.Timer(dice.uniform(0.2, 6.0), cut_power, [studio]).start()
            try:
                pushed(run, studio, 2_000 if not read_assignments(run) else 1)
                time.sleep(6)
            except LeadproofError:
                deaths += 1
    assert deaths
    with serve(run) as studio:
        pushed(run, studio, 1)
        once = at_server(run, studio)
    assert set(once.values()) == {1}
    assert set(once) == {one.key for one in read_assignments(run)}
    assert len({pair for _, _, pair in once}) >= 2_000
    with capsys.disabled():
        print(f"\n{once.total():,} tasks of {len({pair for _, _, pair in once}):,} pairs; {deaths} pushes cut off")
