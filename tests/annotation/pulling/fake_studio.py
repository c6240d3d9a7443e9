"""A Label Studio that is a dictionary: what a real one answers is seen in tests/e2e/annotating."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from annotation.assigning import Assignment, assignment
from annotation.labeling import task_data
from annotation.places import ASSIGNMENTS, PROJECTS
from annotation.studio import Project, Studio
from annotation.verdict import Mode
from schemas.appended import append
from schemas.pair import Pair
from schemas.run import RunFolder
from tests.annotation.verdicts import ANNA, BEN, OWNER

NUMBERS = {OWNER: 1, ANNA: 2, BEN: 3}
URL = "http://studio.example.org"


@dataclass
class FakeStudio:
    """Projects with tasks, and people."""

    url: str = URL
    projects: dict[int, list[Any]] = field(default_factory=dict)
    down: bool = False

    made: str = "2026-11-01"

    def made_at(self, project: int) -> str | None:
        return self.made if project in self.projects else None

    def people(self) -> dict[int, str]:
        return {number: email for email, number in NUMBERS.items()}

    def annotated(self, project: int) -> Iterator[dict[str, Any]]:
        if self.down:
            raise ConnectionError(project)
        yield from (task for task in self.projects[project] if task.get("annotations"))

    @property
    def studio(self) -> Studio:
        return cast("Studio", self)


@dataclass
class Desk:
    """A run with one annotator's project at a server."""

    run: RunFolder
    server: FakeStudio = field(default_factory=FakeStudio)

    def open(
        self, pairs: tuple[Pair, ...], *, number: int = 5, annotator: str = ANNA, mode: Mode = "review"
    ) -> list[dict[str, Any]]:
        """A project of an annotator with a task for each pair; gives the tasks."""
        asked: list[Assignment] = [assignment(one, annotator, mode) for one in pairs]
        append(self.run.path / ASSIGNMENTS, asked)
        self.shows(1, "2026-11-01T00:00:00+00:00", number=number, annotator=annotator, mode=mode)
        tasks = [{"id": 100 + place, "data": task_data(one, mode, image="/a.jpg"), "annotations": []}
                 for place, one in enumerate(pairs)]  # fmt: skip
        self.server.projects[number] = tasks
        return tasks

    def shows(
        self, guidelines: int, since: str, *, number: int = 5, annotator: str = ANNA, mode: Mode = "review"
    ) -> None:
        """Guidelines of a version are shown from then on."""
        made = Project(
            server=self.server.url, project=number, made=self.server.made,
            annotator=annotator, mode=mode, config="0", guidelines=guidelines,
            since=since, tag=f"t-{annotator}-{mode}",
        )  # fmt: skip
        append(self.run.path / PROJECTS, [made])


def annotation(number: int, *result: dict[str, Any], by: str = ANNA, second: int = 0, **more: Any) -> dict[str, Any]:
    """An annotation as a server exports it."""
    return {
        "id": number,
        "completed_by": NUMBERS[by],
        "result": list(result),
        "was_cancelled": False,
        "created_at": "2026-11-02T09:00:00.123456Z",
        "updated_at": f"2026-11-02T09:00:{second:02}.5Z",
        "lead_time": 12.3456,
        **more,
    }


def said(name: str, *values: str) -> dict[str, Any]:
    """A choice."""
    return {"from_name": name, "to_name": "image", "type": "choices", "value": {"choices": list(values)}}


ACCEPT = said("verdict", "accept")
REJECT = (said("verdict", "reject"), said("faults", "not-visible"))
