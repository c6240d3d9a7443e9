"""Reading one annotation: the verdict that it is, or why it is none."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from annotation.assigning import Assignment
from annotation.labeling.answers import NoVerdict, answers_in
from annotation.labeling.task import still_shows
from annotation.studio.projects import Project
from annotation.verdict import Mode, Verdict

Asked = tuple[str, Mode, str, str]
"""An assignment by annotator, mode, pair and content."""
Since = Sequence[tuple[str, int]]
"""From when on which version of the guidelines was shown, oldest first."""


def verdict_in(
    task: Mapping[str, Any],
    annotation: Mapping[str, Any],
    project: Project,
    since: Since,
    shown: Mapping[Asked, Assignment],
    people: Mapping[int, str],
) -> Verdict:
    """The verdict that an annotation is.

    Args:
        task: Whose annotation it is; from outside, as the annotation is: anything.
        annotation: As the server gives it.
        project: Where it was read.
        since: From when on which guidelines were shown there.
        shown: What was asked, by annotator, mode, pair and content.
        people: The server's accounts: e-mail addresses by number.

    Raises:
        NoVerdict: It is none.
        ValidationError: What it holds does not go together.
    """
    if annotation.get("was_cancelled"):
        raise NoVerdict("half-filled: it was skipped")
    author = people.get(number_in(annotation.get("completed_by")), "somebody unknown")
    if author != project.annotator:
        raise NoVerdict(f"forged? It is by {author}, in the project of {project.annotator}")
    number = number_in(annotation.get("id"))
    if number < 0:
        raise NoVerdict("forged? It has no number")
    data = data_of(task)
    one = shown.get((project.annotator, project.mode, _text(data.get("pair")), _text(data.get("content"))))
    if one is None:
        raise NoVerdict("forged? Nobody was asked about that pair in that project")
    if not still_shows(data, one.shown):
        raise NoVerdict("forged? Its task was changed at the server: it shows another question or other options")
    created, updated = _moment(annotation.get("created_at")), _moment(annotation.get("updated_at"))
    return Verdict(
        key=f"{place(project)}/{number}",
        version=1,
        annotator=project.annotator,
        mode=project.mode,
        pair_id=one.pair_id,
        content=one.content,
        shown=one.shown,
        config=project.config,
        guidelines=_shown_at(updated, since),
        seconds=_seconds(annotation.get("lead_time")),
        created=created,
        updated=updated,
        **answers_in(annotation.get("result"), mode=project.mode, shown=one.shown),
    )


def _seconds(value: object) -> float:
    """How long the page was open; JSON from outside holds infinities, and whole numbers beyond all floats."""
    try:
        seconds = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
    except OverflowError:
        seconds = 0.0
    if not isfinite(seconds) or seconds <= 0:
        raise NoVerdict("forged? It has no time: it was not made on the page")
    return round(seconds, 3)


def _moment(value: object) -> str:
    """A date from outside, in UTC and always as long, so that later ones sort later."""
    try:
        read = datetime.fromisoformat(value if isinstance(value, str) else "")
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError) as error:
        raise NoVerdict("forged? It has no date") from error


def data_of(task: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a task holds; nothing where that is no mapping."""
    data = task.get("data")
    return data if isinstance(data, Mapping) else {}


def place(project: Project) -> str:
    """A project among all that there ever were: a server that was made anew gives the same numbers again."""
    return f"{project.server}/{project.project}@{project.made}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def number_in(value: object) -> int:
    """An id from outside; also where it stands in a record of its own. -1 where there is none."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _shown_at(moment: str, since: Since) -> int:
    """The version of the guidelines in force at a moment; ISO 8601 in UTC sorts by time."""
    versions = [version for begun, version in since if begun[:19] <= moment[:19]]
    return versions[-1] if versions else since[0][1]
