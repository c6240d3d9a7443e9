"""The plan: a record of its own, so that pushing can stop where it says."""

from collections.abc import Mapping
from datetime import date
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from annotation.planning.cells import Cell, Group, Way

Value = TypeVar("Value", int, float, date)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimate(_Record, Generic[Value]):
    """A best guess and its 95 % interval, which holds it."""

    value: Value
    low: Value
    high: Value


class Row(_Record):
    """What is planned for one category and group."""

    category: str
    group: Group
    supply: int = Field(ge=0, description="kept pairs, judged or not")
    verified: int = Field(ge=0, description="verified when the plan was made")
    even: int = Field(ge=0, description="its share if supply were no limit")
    quota: int = Field(ge=0, description="verified pairs at which to stop")
    accept: Estimate[float] = Field(description="share of its pairs found right")
    to_judge: Estimate[int] = Field(description="pairs still to be judged")
    judgements: Estimate[int] = Field(description="overlap, several judges and gold included")
    short: int = Field(ge=0, description="of the quota, not to be had from the supply at this rate")


class Basis(_Record):
    """What the plan rests on in one mode."""

    way: Way
    accept: Estimate[float] = Field(description="share of pairs found right, all categories")
    seconds: Estimate[float] = Field(description="a verdict takes the team")
    sure: int = Field(ge=0, description="verdicts that say valid or invalid, gold left out")
    pairs: int = Field(ge=0, description="pairs they are on")
    timed: int = Field(ge=0, description="verdicts timed, breaks left out")
    people: int = Field(ge=0, description="annotators timed")


class Plan(_Record):
    """What is wanted, what it takes, and what that rests on."""

    total: int = Field(ge=0, description="verified pairs wanted in all")
    benchmark: int = Field(ge=0, description="of these, for the benchmark")
    annotators: int = Field(ge=1)
    start: date
    seed: int
    overlap: float = Field(description="of training pairs: judged by two; 0 with one annotator")
    judges: int = Field(description="of a benchmark pair")
    gold: float = Field(description="of each annotator's tasks")
    hours_per_day: float
    rows: tuple[Row, ...]
    to_judge: Estimate[int]
    judgements: Estimate[int]
    hours: Estimate[float] = Field(description="of all annotators together")
    judgements_each: Estimate[int] = Field(description="on average; whoever is quicker has more")
    hours_each: Estimate[float]
    days: Estimate[int] = Field(description="working days")
    ends: Estimate[date]
    short: Estimate[int] = Field(description="of the pairs wanted, not to be had from the supply")
    bases: tuple[Basis, ...]

    @property
    def quotas(self) -> Mapping[Cell, int]:
        """Verified pairs at which each category stops, by group."""
        return {Cell(row.category, row.group): row.quota for row in self.rows}

    def of(self, group: Group) -> tuple[Row, ...]:
        """The rows of a group."""
        return tuple(row for row in self.rows if row.group == group)
