"""An evaluation's files. :mod:`evaluation.results` reads them back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from evaluation.asking.chain import Asked, Said, inside_of
from evaluation.asking.extras import Circular, PushBack, circular, push_back
from evaluation.asking.guarding import GuardAnswer
from evaluation.asking.way import Way
from evaluation.baselines import score_baselines
from evaluation.internals import draw_attention, summarise
from evaluation.results import EFFICIENCY, GUARD, INTERNALS, PUSH_BACK, REPLIES, ROTATIONS, ROWS, SCORES
from evaluation.score import score_readings
from evaluation.scores import Scorer, ScoreResult
from mllm import ImagePart
from schemas.identity import seeded, short
from schemas.stage import StageWriter

MOST_DRAWN = 12  # pairs whose attention is drawn
MOST_TOLD = 200  # rows on which the readers differ, named in scores.json


@dataclass(frozen=True)
class Findings:
    """All that came back of an evaluation, in the benchmark's order."""

    way: Way
    asked: tuple[Asked, ...]
    guarded: tuple[GuardAnswer, ...] = ()
    efficiency: Mapping[str, Any] | None = None

    def score(self, scorer: Scorer) -> ScoreResult:
        """The figures under one reader."""
        return self._strict if scorer == "strict" else self._official

    @cached_property
    def _strict(self) -> ScoreResult:
        return score_readings([one.rotations[0].reading for one in self.asked], seed=self.way.seed)

    @cached_property
    def _official(self) -> ScoreResult:
        readings = [one.rotations[0].reading for one in self.asked]
        return score_readings(readings, scorer="official", seed=self.way.seed)

    @cached_property
    def circular(self) -> Circular | None:
        """Figures over all rotations, where they were asked."""
        return circular(self.asked, seed=self.way.seed)

    @cached_property
    def push_back(self) -> Mapping[str, PushBack]:
        """What became of right answers that were challenged; empty where none was."""
        return push_back(self.asked)

    @cached_property
    def guard(self) -> float | None:
        """The mean score of the guard, in [0, 1]."""
        return sum(one.score for one in self.guarded) / len(self.guarded) if self.guarded else None

    def to_json(self) -> dict[str, Any]:
        """All figures: those of the strict reader, and under ``official`` those of the other."""
        items = [one.item for one in self.asked]
        blind = {one.name: one.result.overall.to_json() for one in score_baselines(items, seed=self.way.seed)}
        return {
            **self.score("strict").to_json(),
            "official": self.score("official").to_json(),
            "differences": self._differences(),
            "circular": self.circular.to_json() if self.circular else None,
            "push_back": {name: one.to_json() for name, one in self.push_back.items()},
            "baselines": blind,
            "guard": {"score": self.guard, "questions": len(self.guarded)} if self.guarded else None,
        }

    def _differences(self) -> list[dict[str, Any]]:
        said = [one.rotations[0] for one in self.asked if one.rotations[0].reading.differs]
        return [
            {
                "id": one.reading.id,
                "question_type": one.reading.question_type,
                "official": one.reading.official,
                "strict": one.reading.strict,
                "text": one.outcome.text[:200],
            }
            for one in said[:MOST_TOLD]
        ]


def write_findings(stage: StageWriter, findings: Findings, images: Mapping[str, ImagePart]) -> dict[str, int]:
    """Write all files of an evaluation; returns what they hold."""
    asked = findings.asked
    _lines(stage, ROWS, findings.score("strict").rows())
    _lines(stage, REPLIES, (_reply(one, one.rotations[0]) for one in asked))
    further = [(one, said) for one in asked for said in one.rotations[1:]]
    if further:
        _lines(stage, ROTATIONS, ({**_reply(one, said), "rotation": said.rotation} for one, said in further))
    if findings.way.push_back:
        _lines(stage, PUSH_BACK, (_reply(one, one.pushed) for one in asked if one.pushed))
    if findings.guarded:
        _lines(stage, GUARD, map(_guard, findings.guarded))
    if findings.efficiency is not None:
        _object(stage, EFFICIENCY, findings.efficiency)
    if findings.way.internals:
        _internals(stage, asked, images, seed=findings.way.seed)
    _object(stage, SCORES, findings.to_json())
    pairs = len({one.item.id for one in asked})
    return {"pairs": pairs, "questions": len(asked), "replies": len(asked) + len(further)}


def _reply(asked: Asked, said: Said) -> dict[str, Any]:
    """A line that ``leadproof score`` takes as it is."""
    reading = said.reading
    text = said.outcome.text if not said.scores else (reading.strict or "")
    more = {"scores": dict(said.scores)} if said.scores else {}
    notes = {"notes": dict(said.notes)} if said.notes else {}
    return {
        "id": asked.item.id,
        "question_type": asked.item.question_type,
        "text": text,
        "status": said.outcome.status,
        "gold": reading.gold,
        "official": reading.official,
        "strict": reading.strict,
        "key": said.outcome.key,
        **more,
        **notes,
    }


def _guard(answer: GuardAnswer) -> dict[str, Any]:
    item = answer.item
    return {
        "id": item.id,
        "image": item.image,
        "text": answer.outcome.text,
        "status": answer.outcome.status,
        "answers": list(item.answers),
        "score": answer.score,
        "key": answer.outcome.key,
    }


def _internals(stage: StageWriter, asked: Sequence[Asked], images: Mapping[str, ImagePart], *, seed: int) -> None:
    found = [one for one in map(inside_of, asked) if one is not None]
    _object(stage, INTERNALS, {"means": summarise(found), "questions": [asdict(one) for one in found]})
    questions = {one.item.key: one.item for one in asked}
    drawn = sorted({one.id for one in found if one.grid}, key=lambda one: seeded(seed, "drawn", one))[:MOST_DRAWN]
    folder = stage.path / "attention"
    for place, name in enumerate(drawn, 1):
        folder.mkdir(exist_ok=True)
        halves = [(one, questions[one.id, one.question_type].stem) for one in found if one.id == name]
        image = images[questions[name, halves[0][0].question_type].image]
        path = folder / f"{place:02d}-{short(image.ref)}.png"
        draw_attention(image, halves, path)
        stage.add(path)


def _lines(stage: StageWriter, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    path = stage.path / name
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
            count += 1
    stage.add(path, rows=count)


def _object(stage: StageWriter, name: str, found: Mapping[str, Any]) -> None:
    path = stage.path / name
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8", newline="\n")
    stage.add(path)
