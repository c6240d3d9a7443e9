"""Projects: one for each annotator and kind of page, found again whatever was killed in between."""

import hashlib
import secrets
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from annotation.labeling import labeling_config
from annotation.places import MARK, PROJECTS
from annotation.studio.images import ImageAddresses
from annotation.studio.sdk import studio_errors
from annotation.studio.studio import Studio
from annotation.verdict import Mode
from schemas.appended import append, read_appended
from schemas.durable import write_whole
from schemas.run import RunFolder

_TITLES = {"review": "Review", "blind": "Solve", "adjudicate": "Settle"}
_MOST_NAME = 20  # characters of an annotator's name in a title


class Project(BaseModel):
    """A project at a server; the newest record of an annotator, page and version counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str
    project: int
    made: str
    """When, by the server's clock: with the number it tells one project from all others."""
    annotator: str
    mode: Mode
    config: str
    guidelines: int
    since: str
    """By our clock: the guidelines of this version are shown from here on."""
    tag: str

    @property
    def lane(self) -> tuple[str, str, Mode]:
        """Whose tasks of which kind it holds."""
        return self.server, self.annotator, self.mode

    @property
    def page(self) -> str:
        """Where its annotator begins."""
        return f"{self.server}/projects/{self.project}/data?labeling=1"


class Guide(NamedTuple):
    """The guidelines as Label Studio shows them."""

    version: int
    html: str


def read_projects(run: RunFolder) -> list[Project]:
    """All records of projects, oldest first.

    Raises:
        BadRunFolder: The file was edited by hand.
    """
    return read_appended(run.path / PROJECTS, Project)


def live_projects(run: RunFolder, studio: Studio, annotator: str, mode: Mode) -> list[Project]:
    """The projects of an annotator's tasks of one kind that are at the server, oldest first, as last recorded."""
    lane = (studio.url, annotator, mode)
    newest = {(one.project, one.made): one for one in read_projects(run) if one.lane == lane}
    return [one for one in newest.values() if studio.made_at(one.project) == one.made]


def guided(run: RunFolder, studio: Studio, project: Project, guide: Guide, *, now: str) -> Project:
    """A project that shows these guidelines, as recorded; the run is locked."""
    if project.guidelines == guide.version:
        return project
    with studio_errors(studio.url):
        studio.client.projects.update(id=project.project, expert_instruction=guide.html)
    return _recorded(run, project.model_copy(update={"guidelines": guide.version, "since": now}))


def new_project(
    run: RunFolder, studio: Studio, annotator: str, mode: Mode, *, guide: Guide, images: ImageAddresses, now: str
) -> Project:
    """A project for tasks of the page as it is now; one that was made just before a kill is found by its tag.

    The run is locked.
    """
    config = labeling_config(mode)
    tag = _tag(run, annotator, mode, config.version)
    number = _find(studio, tag)
    if number is None:
        title = f"{_TITLES[mode]} · {annotator.partition('@')[0][:_MOST_NAME]}"  # long ones widen a narrow page
        number = _make(studio, title, tag, config.xml, guide)
    else:
        with studio_errors(studio.url):
            studio.client.projects.update(id=number, expert_instruction=guide.html)
    images.attach(studio, number)
    made = Project(
        server=studio.url,
        project=number,
        made=studio.made_at(number) or "",
        annotator=annotator,
        mode=mode,
        config=config.version,
        guidelines=guide.version,
        since=now,
        tag=tag,
    )
    return _recorded(run, made)


def _recorded(run: RunFolder, project: Project) -> Project:
    append(run.path / PROJECTS, [project])
    return project


def _tag(run: RunFolder, annotator: str, mode: Mode, config: str) -> str:
    first = read_projects(run)
    own = first[0].tag.split("-")[0] if first else _own_mark(run)
    return f"{own}-{hashlib.sha256(f'{annotator} {mode} {config}'.encode()).hexdigest()[:10]}"


def _own_mark(run: RunFolder) -> str:
    """What tells this run's projects from others', kept before the first of them is made: a kill may come after."""
    path = run.path / MARK
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_hex(6))
    return path.read_text(encoding="ascii").strip()


def _find(studio: Studio, tag: str) -> int | None:
    """The project that bears a tag."""
    with studio_errors(studio.url):
        for project in studio.client.projects.list(page_size=1_000):
            if tag in (project.description or ""):
                return int(project.id)
    return None


def _make(studio: Studio, title: str, tag: str, xml: str, guide: Guide) -> int:
    with studio_errors(studio.url):
        made = studio.client.projects.create(
            title=title,
            description=f"Made by leadproof ({tag}). Tasks come and go by `leadproof annotate`.",
            label_config=xml,
            expert_instruction=guide.html,
            show_instruction=bool(guide.html),
            show_skip_button=False,
            enable_empty_annotation=False,
            show_collab_predictions=False,
            maximum_annotations=1,
            sampling="Sequential sampling",
        )
    return int(made.id)
