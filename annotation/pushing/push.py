"""``annotate push``: new assignments are appended first, then whatever is missing at the server is added there."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import AtHand
from annotation.labeling import as_shown, labeling_config, task_data
from annotation.places import ASSIGNMENTS
from annotation.pulling.log import read_verdicts
from annotation.studio import Guide, ImageAddresses, Project, Studio, guided, live_projects, new_project
from annotation.verdict import Mode
from annotation.votes import current
from schemas.appended import append
from schemas.errors import UnreadableFile
from schemas.pair import Pair

BATCH = 100
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Lane = tuple[str, Mode]


@dataclass(frozen=True)
class Posting:
    """Where tasks go, and what they bear beside a pair."""

    studio: Studio
    images: ImageAddresses
    guide: Guide
    allow_hosts: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)
    """By pair, to adjudicators: what the others said."""


@dataclass(frozen=True)
class Pushed:
    """What ``push`` did."""

    assigned: int
    """Assignments that are new."""
    added: Mapping[Lane, int]
    """Tasks that were missing at the server, by annotator and mode."""
    projects: tuple[Project, ...]
    staying: tuple[str, ...]
    """Pairs that were left out: an image of theirs may not leave, and the server is another host."""
    changed: tuple[str, ...]
    """Pairs assigned earlier whose image is not at hand any more."""


def push(
    hand: AtHand,
    fresh: Sequence[Assignment],
    posting: Posting,
    *,
    on_tasks: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Pushed:
    """Append new assignments, then add to each project what it lacks; the caller holds the run folder's lock.

    What the server holds is asked, not remembered: a push that was killed is completed by repeating it, and one that
    was not does nothing. What was judged already, at whatever server, is not asked again.

    Raises:
        StudioUnreachable: The server does not answer, or no more; what was added stays, repeat to go on.
        StudioRefused: The key has no right to that.
        WorkFailed: The server answers with an error.
    """
    append(hand.run.path / ASSIGNMENTS, fresh)
    lanes: dict[Lane, list[Assignment]] = {}
    for one in read_assignments(hand.run):
        lanes.setdefault((one.annotator, one.mode), []).append(one)
    pairs = hand.by_id({one.pair_id for lane in lanes.values() for one in lane})
    staying = staying_here(hand, pairs, posting)
    posting.images.prepare(pair for one, pair in pairs.items() if one not in staying)
    judged = {(one.annotator, one.mode, one.pair_id) for one in current(read_verdicts(hand.run.path))}
    wanted = []
    for (annotator, mode), lane in sorted(lanes.items()):
        asked = [one for one in lane if one.pair_id in pairs and one.pair_id not in staying and one.key not in judged]
        if found := _missing(hand, posting, annotator, mode, asked):
            wanted.append(found)
    gone: list[Assignment] = []
    on_tasks(sum(len(missing) for _, missing in wanted))
    for project, missing in wanted:
        for start in range(0, len(missing), BATCH):
            part = missing[start : start + BATCH]
            data = []
            for one in part:
                try:
                    data.append(_data(one, pairs, hand, posting, project))
                except UnreadableFile:  # one image that is gone must not keep all others from their annotators
                    gone.append(one)
            if data:
                posting.studio.add_tasks(project.project, data)
            on_progress(len(part))
    return Pushed(
        assigned=len(fresh),
        added={lane: number for lane, number in _added(wanted, gone).items() if number},
        projects=tuple(project for project, _ in wanted),
        staying=tuple(sorted(staying)),
        changed=tuple(
            sorted(
                {one.pair_id for lane in lanes.values() for one in lane} - set(pairs) | {one.pair_id for one in gone}
            )
        ),
    )


def _added(wanted: Sequence[tuple[Project, Sequence[Assignment]]], gone: Sequence[Assignment]) -> Counter[Lane]:
    """How many tasks went to each lane."""
    made = Counter({(project.annotator, project.mode): len(missing) for project, missing in wanted})
    made.subtract((one.annotator, one.mode) for one in gone)
    return made


def _missing(
    hand: AtHand, posting: Posting, annotator: str, mode: Mode, lane: Sequence[Assignment]
) -> tuple[Project, list[Assignment]] | None:
    """The project that new tasks of a lane go to, and those that none of the lane's projects holds.

    None where there is neither: all was judged, in a project that is gone.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    live = [
        guided(hand.run, posting.studio, one, posting.guide, now=now)
        for one in live_projects(hand.run, posting.studio, annotator, mode)
    ]
    there = {shown for one in live for shown in posting.studio.shown_in(one.project)}
    missing = [one for one in lane if (one.pair_id, one.content) not in there]
    if not live and not missing:
        return None
    version = labeling_config(mode).version
    fit = next((one for one in reversed(live) if one.config == version or not missing), None)
    if fit is None:
        guide, images = posting.guide, posting.images
        fit = new_project(hand.run, posting.studio, annotator, mode, guide=guide, images=images, now=now)
        there = posting.studio.shown_in(fit.project)  # of one that was made before a kill
        missing = [one for one in missing if (one.pair_id, one.content) not in there]
    return fit, missing


def staying_here(hand: AtHand, pairs: Mapping[str, Pair], posting: Posting) -> set[str]:
    """Pairs whose images may not go where they would: to another host, or into a bucket."""
    if posting.images.hosts(posting.studio) <= LOOPBACK | posting.allow_hosts:
        return set()
    return {one for one, pair in pairs.items() if not hand.may_leave(pair)}


def _data(
    one: Assignment, pairs: Mapping[str, Pair], hand: AtHand, posting: Posting, project: Project
) -> dict[str, Any]:
    """A task's data: the pair lettered as it was when it was assigned."""
    pair = as_shown(pairs[one.pair_id], one.shown)
    return task_data(
        pair,
        one.mode,
        image=posting.images.address(posting.studio, project.project, pair),
        captions=[text for ref in pair.images for text in hand.captions.get(ref, [])],
        categories=hand.run.settings.run.taxonomy.categories,
        said=posting.said.get(one.pair_id, ""),
    )
