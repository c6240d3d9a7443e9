"""People who judge, through the page's own API, as its JavaScript would."""

from typing import Any

from annotation.studio import Studio


def region(name: str, *values: str, kind: str = "choices") -> dict[str, Any]:
    """What a control of the page says."""
    form = "text" if kind == "textarea" else "choices"
    return {"from_name": name, "to_name": "image", "type": kind, "value": {form: list(values)}, "origin": "manual"}


def accept() -> list[dict[str, Any]]:
    return [region("verdict", "accept")]


def reject(*faults: str) -> list[dict[str, Any]]:
    return [region("verdict", "reject"), region("faults", *faults)]


def solve(positive: str, negative: str) -> list[dict[str, Any]]:
    return [region("positive", positive), region("negative", negative)]


def tasks_of(studio: Studio, project: int) -> dict[str, int]:
    """The numbers of a project's tasks by the pair they show."""
    return {
        str(task.data["pair"]): int(task.id) for task in studio.client.tasks.list(project=project, fields="task_only")
    }


def judge(studio: Studio, task: int, result: list[dict[str, Any]], *, by: str, seconds: float | None = 12.5) -> int:
    """Make an annotation, and give its number."""
    author = {email: number for number, email in studio.people().items()}[by]
    made = studio.client.annotations.create(id=task, result=result, completed_by=author, lead_time=seconds)
    return int(made.id)
