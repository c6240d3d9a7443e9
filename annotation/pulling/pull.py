"""``annotate pull``: annotations of the run's projects become verdicts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from annotation.assigning import read_assignments
from annotation.labeling.answers import NoVerdict
from annotation.places import VERDICTS
from annotation.pulling.log import read_verdicts
from annotation.pulling.reading import Since, data_of, number_in, place, verdict_in
from annotation.studio.projects import Project, read_projects
from annotation.studio.studio import Studio
from annotation.verdict import Verdict
from schemas.appended import append
from schemas.run import RunFolder


@dataclass(frozen=True)
class Odd:
    """An annotation that is no verdict: half-filled, or not what its annotator can have made."""

    where: str
    annotator: str
    pair_id: str
    why: str
    page: str
    """Where its annotator finds it."""

    def __str__(self) -> str:
        """A line that names it."""
        return f"{self.annotator}, pair {self.pair_id}: {self.why}; {self.page}"


@dataclass(frozen=True)
class Pulled:
    """What ``pull`` found: verdicts that are new, edited, withdrawn, unchanged, and what is no verdict."""

    new: tuple[Verdict, ...]
    edited: tuple[Verdict, ...]
    withdrawn: tuple[Verdict, ...]
    unchanged: int
    odd: tuple[Odd, ...]
    gone: tuple[Project, ...]
    """Projects that are not at the server any more; their verdicts stay."""


def pull(
    run: RunFolder,
    studio: Studio,
    *,
    locked: Callable[[], AbstractContextManager[object]] = nullcontext,
    on_projects: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Pulled:
    """Read all annotations of the run's projects at a server, and append what is new.

    Args:
        run: The run.
        studio: The server.
        locked: Taken only while verdicts are appended, which ``--watch`` needs; the caller holds the run's lock where
            it is not given.
        on_projects: Told how many projects there are.
        on_progress: Told how many more were read.

    Raises:
        StudioUnreachable: The server does not answer; nothing was appended.
        StudioRefused: The key has no right to that.
        WorkFailed: The server answers with an error.
    """
    assigned = read_assignments(run)
    shown = {(one.annotator, one.mode, one.pair_id, one.content): one for one in assigned}
    solved = {(one.annotator, one.mode) for one in assigned if one.solving}  # taken away once it is gold
    projects = _newest(read_projects(run), studio.url)
    people = studio.people()
    on_projects(len(projects))
    reading = _Reading({one.key for one in read_verdicts(run.path)})
    for project, shown_since in projects:
        if studio.made_at(project.project) != project.made:
            if (project.annotator, project.mode) not in solved:
                reading.gone.append(project)
            continue
        reading.places.add(place(project))
        for task, annotation in _annotations(studio, project):
            try:
                one = verdict_in(task, annotation, project, shown_since, shown, people)
                reading.found[one.key] = one
            except (NoVerdict, ValidationError) as error:
                reading.odd.append(_odd(task, annotation, project, error))
        on_progress(1)
    with locked():
        return _append(run, reading)


@dataclass
class _Reading:
    """What a server held while it was read."""

    known: set[str]
    """Verdicts that were known when reading began: another ``pull`` may append while this one reads."""
    found: dict[str, Verdict] = field(default_factory=dict)
    odd: list[Odd] = field(default_factory=list)
    gone: list[Project] = field(default_factory=list)
    places: set[str] = field(default_factory=set)


def _append(run: RunFolder, reading: _Reading) -> Pulled:
    """Append what differs from the newest version that is known; what has gone from a project is withdrawn."""
    known = {one.key: one for one in read_verdicts(run.path)}
    moved = {_made(one): one.key for one in known.values() if _place_of(one) not in reading.places}
    new, edited, same = [], [], 0
    for key, one in reading.found.items():
        before = known.get(key) or known.get(moved.get(_made(one), ""))
        if before is None:
            new.append(one)
        elif (one.updated < before.updated and not before.withdrawn) or one.model_copy(
            update=_identity(before)
        ) == before:
            same += 1
        else:
            edited.append(one.model_copy(update=_identity(before, later=1)))
    there = reading.found.keys() | {one.where for one in reading.odd}
    withdrawn = [
        one.model_copy(update={**_identity(one, later=1), "withdrawn": True})
        for one in known.values()
        if not one.withdrawn and one.key in reading.known - there and _place_of(one) in reading.places
    ]
    append(run.path / VERDICTS, [*new, *edited, *withdrawn])
    return Pulled(tuple(new), tuple(edited), tuple(withdrawn), same, tuple(reading.odd), tuple(reading.gone))


def _made(one: Verdict) -> tuple[str, ...]:
    """What an annotation keeps when its server is reached at another address: nobody makes two in a microsecond."""
    return one.annotator, one.mode, one.pair_id, one.content, one.created


def _identity(one: Verdict, later: int = 0) -> dict[str, Any]:
    return {"key": one.key, "version": one.version + later}


def _place_of(one: Verdict) -> str:
    return one.key.rpartition("/")[0]


def _newest(projects: Sequence[Project], server: str) -> list[tuple[Project, Since]]:
    """Each project once, with the guidelines it has shown, also where its server had another address before."""
    newest: dict[str, Project] = {}
    shown: dict[str, list[tuple[str, int]]] = {}
    by_tag: dict[str, list[tuple[str, int]]] = {}
    for one in projects:
        before = by_tag.setdefault(one.tag, [])
        before.append((one.since, one.guidelines))
        if one.server == server:
            shown.setdefault(place(one), before[:-1]).append(before[-1])
            newest[place(one)] = one
    return [(one, shown[where]) for where, one in newest.items()]


def _annotations(studio: Studio, project: Project) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for task in studio.annotated(project.project):
        annotations = task.get("annotations")
        for annotation in annotations if isinstance(annotations, list) else ():
            if isinstance(annotation, dict):
                yield task, annotation


def _odd(task: Mapping[str, Any], annotation: Mapping[str, Any], project: Project, error: Exception) -> Odd:
    data = data_of(task)
    why = str(error) if isinstance(error, NoVerdict) else "what it says does not go together"
    where, pair_id = f"{place(project)}/{number_in(annotation.get('id'))}", data.get("pair")
    page = f"{project.server}/projects/{project.project}/data?task={number_in(task.get('id'))}"
    return Odd(where, project.annotator, pair_id[:40] if isinstance(pair_id, str) else "?", why, page)
