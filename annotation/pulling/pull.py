"""``annotate pull``: annotations of the run's projects become verdicts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from annotation.assigning import Assignment, read_assignments
from annotation.labeling.answers import NoVerdict, answers_in
from annotation.places import VERDICTS
from annotation.pulling.log import read_verdicts
from annotation.studio.projects import Project, read_projects
from annotation.studio.studio import Studio
from annotation.verdict import Mode, Verdict
from schemas.appended import append
from schemas.run import RunFolder
from schemas.text import nfc

_HALVES = ("positive", "negative")


@dataclass(frozen=True)
class Odd:
    """An annotation that is no verdict: half-filled, or not what its annotator can have made."""

    where: str
    annotator: str
    pair_id: str
    why: str

    def __str__(self) -> str:
        """A line that names it."""
        return f"{self.where} ({self.annotator}, pair {self.pair_id}): {self.why}"


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
    shown = {(one.annotator, one.mode, one.pair_id, one.content): one for one in read_assignments(run)}
    projects = _newest(read_projects(run), studio.url)
    people = studio.people()
    on_projects(len(projects))
    found: list[Verdict] = []
    odd: list[Odd] = []
    gone: list[Project] = []
    read: set[str] = set()
    for project, shown_since in projects:
        if not studio.has(project.project):
            gone.append(project)
            continue
        read.add(_place(project))
        for task, annotation in _annotations(studio, project):
            try:
                found.append(_verdict(task, annotation, project, shown_since, shown, people))
            except (NoVerdict, ValidationError) as error:
                odd.append(_odd(task, annotation, project, error))
        on_progress(1)
    with locked():
        return _append(run, found, odd, gone, read)


def _append(
    run: RunFolder, found: Sequence[Verdict], odd: Sequence[Odd], gone: Sequence[Project], read: set[str]
) -> Pulled:
    """Append what differs from the newest version that is known; what has gone from a project is withdrawn."""
    known: dict[str, Verdict] = {one.key: one for one in read_verdicts(run.path)}
    new, edited, same = [], [], 0
    for one in found:
        before = known.get(one.key)
        if before is None:
            new.append(one)
        elif one.model_copy(update={"version": before.version}) != before:
            edited.append(one.model_copy(update={"version": before.version + 1}))
        else:
            same += 1
    there = {one.key for one in found} | {one.where for one in odd}
    withdrawn = [
        one.model_copy(update={"version": one.version + 1, "withdrawn": True})
        for one in known.values()
        if not one.withdrawn and one.key not in there and one.key.rpartition("/")[0] in read
    ]
    append(run.path / VERDICTS, [*new, *edited, *withdrawn])
    return Pulled(tuple(new), tuple(edited), tuple(withdrawn), same, tuple(odd), tuple(gone))


Asked = tuple[str, Mode, str, str]
"""An assignment by annotator, mode, pair and content."""
Since = Sequence[tuple[str, int]]
"""From when on which version of the guidelines was shown, oldest first."""


def _newest(projects: Sequence[Project], server: str) -> list[tuple[Project, Since]]:
    """Each project once, with the guidelines it has shown."""
    found: dict[int, list[Project]] = {}
    for one in projects:
        if one.server == server:
            found.setdefault(one.project, []).append(one)
    return [(records[-1], [(one.since, one.guidelines) for one in records]) for records in found.values()]


def _annotations(studio: Studio, project: Project) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for task in studio.annotated(project.project):
        for annotation in task.get("annotations") or []:
            if isinstance(annotation, dict):
                yield task, annotation


def _verdict(
    task: Mapping[str, Any],
    annotation: Mapping[str, Any],
    project: Project,
    since: Since,
    shown: Mapping[Asked, Assignment],
    people: Mapping[int, str],
) -> Verdict:
    """The verdict that an annotation is.

    Raises:
        NoVerdict: It is none.
        ValidationError: What it holds does not go together.
    """
    if annotation.get("was_cancelled"):
        raise NoVerdict("half-filled: it was skipped")
    author = people.get(_number(annotation.get("completed_by")), "somebody unknown")
    if author != project.annotator:
        raise NoVerdict(f"forged? It is by {author}, in the project of {project.annotator}")
    data = _data(task)
    one = shown.get((project.annotator, project.mode, str(data.get("pair")), str(data.get("content"))))
    if one is None:
        raise NoVerdict("forged? Nobody was asked about that pair in that project")
    if any(nfc(str(data.get(f"{half}_question"))) != getattr(one.shown, half).question for half in _HALVES):
        raise NoVerdict("forged? Its task was changed at the server: it shows another question")
    seconds = annotation.get("lead_time")
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not seconds > 0:
        raise NoVerdict("forged? It has no time: it was not made on the page")
    created, updated = str(annotation.get("created_at")), str(annotation.get("updated_at"))
    return Verdict(
        key=f"{_place(project)}/{_number(annotation.get('id'))}",
        version=1,
        annotator=project.annotator,
        mode=project.mode,
        pair_id=one.pair_id,
        content=one.content,
        shown=one.shown,
        config=project.config,
        guidelines=_shown_at(updated, since),
        seconds=round(float(seconds), 3),
        created=created,
        updated=updated,
        **answers_in(annotation.get("result"), mode=project.mode, shown=one.shown),
    )


def _data(task: Mapping[str, Any]) -> Mapping[str, Any]:
    data = task.get("data")
    return data if isinstance(data, Mapping) else {}


def _place(project: Project) -> str:
    return f"{project.server}/{project.project}"


def _number(value: object) -> int:
    """An id from outside; also where it stands in a record of its own. -1 where there is none."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, int) else -1


def _shown_at(moment: str, since: Since) -> int:
    """The version of the guidelines in force at a moment; ISO 8601 in UTC sorts by time."""
    versions = [version for begun, version in since if begun[:19] <= moment[:19]]
    return versions[-1] if versions else since[0][1]


def _odd(task: Mapping[str, Any], annotation: Mapping[str, Any], project: Project, error: Exception) -> Odd:
    data = _data(task)
    why = str(error) if isinstance(error, NoVerdict) else "what it says does not go together"
    where = f"{_place(project)}/{_number(annotation.get('id'))}"
    return Odd(where, project.annotator, str(data.get("pair"))[:40], why)
