"""A run of drawn scenes that people judge as a test has them: records are appended as `push` and `pull` do."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotation.assigning import assignment, read_assignments
from annotation.at_hand import at_hand
from annotation.gold import GoldPair, broken
from annotation.labeling.task import showing
from annotation.places import ASSIGNMENTS, GOLD, VERDICTS
from annotation.pulling import read_verdicts
from annotation.settings import annotate_settings
from annotation.verdict import NONE, Fix, FixedHalf, Judgement, Mode, Verdict
from annotation.verifying import Settled, Verified, settle, verify
from app.annotate.checking import correction_check
from datagen.filters import Choices, filter_pairs
from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas.appended import append
from schemas.pair import LETTERS, Pair, Question
from schemas.run import RunFolder
from schemas.tables import pair_row, pairs_of, to_table

ANNA, BOB, CARL, OWNER = "anna@example.org", "bob@example.org", "carl@example.org", "owner@example.org"
MODELS = ("near_duplicates", "grounding")  # filters that load one
SETTINGS = f'[annotate]\nowner = "{OWNER}"\n'


class Judged:
    """A run, its pairs, and people's say on them."""

    def __init__(self, path: Path) -> None:
        self.run = RunFolder.open(path)
        self.kept = list(at_hand(self.run).kept.values())

    @property
    def train(self) -> list[Pair]:
        """Kept pairs that people train on."""
        hand = at_hand(self.run)
        return [pair for pair in self.kept if hand.group(pair) == "train"]

    @property
    def benchmark(self) -> list[Pair]:
        """Kept pairs of the benchmark."""
        hand = at_hand(self.run)
        return [pair for pair in self.kept if hand.group(pair) == "benchmark"]

    def ask(
        self, pair: Pair, *people: str, mode: Mode = "review", gold: bool = False, sample: str = "", judges: int = 1
    ) -> None:
        """Assign a pair."""
        made = [assignment(pair, one, mode, gold=gold, sample=sample or None, judges=judges) for one in people]
        append(self.run.path / ASSIGNMENTS, made)

    def say(
        self, pair: Pair, who: str, judgement: Judgement = "accept", *, mode: Mode = "review", fix: Fix | None = None,
        asked: bool = True, seconds: float = 9.0, **more: Any,
    ) -> Verdict:  # fmt: skip
        """Somebody who was asked judges a pair; a verdict under the same key is a later version."""
        known = {one.key for one in read_assignments(self.run)}
        if asked and (who, mode, pair.pair_id) not in known:
            self.ask(pair, who, mode=mode)
        key = more.pop("key", f"http://studio/1/{who}/{mode}/{pair.pair_id}")
        before = [one for one in read_verdicts(self.run.path) if one.key == key]
        time = f"2026-11-02T09:{len(read_verdicts(self.run.path)) % 60:02d}:00Z"
        said = Verdict(
            key=key,
            version=len(before) + 1,
            annotator=who,
            mode=mode,
            pair_id=pair.pair_id,
            content=showing(pair).content,
            shown=showing(pair).shown,
            config="test",
            guidelines=1,
            judgement=None if mode == "blind" else "fix" if fix else judgement,
            fix=fix,
            seconds=seconds,
            **{"created": time, "updated": time, **more},
        )
        append(self.run.path / VERDICTS, [said])
        return said

    def solve(self, pair: Pair, who: str, *, right: bool = True) -> Verdict:
        """Somebody solves a pair blind."""
        positive = pair.positive.letter if right else NONE
        return self.say(pair, who, mode="blind", positive=positive, negative=pair.negative.letter)

    def know(self, *gold: GoldPair) -> None:
        """Append gold."""
        append(self.run.path / GOLD, gold)

    def break_(self, pair: Pair) -> Pair:
        """Solved rightly by the owner, and broken on purpose: the broken pair."""
        made = broken(pair, seed=0)
        self.know(GoldPair(pair=pair, label="valid", origin="solved", base=pair.pair_id), made)
        return made.pair

    def settled(self, **settings: object) -> Settled:
        """What verdicts come to."""
        chosen = annotate_settings(self.run).model_copy(update=settings)
        return settle(at_hand(self.run), chosen, correction_check(at_hand(self.run)))

    def verify(self) -> Verified:
        """Commit it."""
        self.run = RunFolder.open(self.run.path)
        with self.run.writing():
            return verify(self.run, correction_check(at_hand(self.run, some_kept=False)))

    def rows(self) -> dict[str, dict[str, Any]]:
        """The committed verified pairs, by id."""
        return {row["pair_id"]: row for row in self.run.require("verify").table("verified").to_pylist()}

    def filtered_to(self, *pairs: Pair) -> None:
        """A later filter keeps just these."""
        with self.run.writing(), self.run.stage("filter") as stage:
            rows = [{"rank": place, "pair_id": pair.pair_id} for place, pair in enumerate(pairs, 1)]
            ids = sorted(one.pair_id for one in pairs_of(self.run.require("generate").table("pairs")))
            stage.table("kept", to_table("kept", rows))
            gone = [one for one in ids if one not in {pair.pair_id for pair in pairs}]
            stage.table("drops", to_table("drops", [{"pair_id": one, "reason": "hedging"} for one in gone]))
            stage.table("scores", to_table("pairs", []).select(["pair_id"]))
            stage.commit(inputs={"generate": self.run.require("generate").manifest.ref}, counts={"kept": len(rows)})

    def generate_more(self, *pairs: Pair) -> None:
        """A later generate holds these too."""
        before = list(pairs_of(self.run.require("generate").table("pairs")))
        with self.run.writing(), self.run.stage("generate") as stage:
            rows = sorted([pair_row(pair) for pair in (*before, *pairs)], key=lambda row: str(row["pair_id"]))
            stage.table("pairs", to_table("pairs", rows))
            stage.table("drops", to_table("drops", []))
            stage.commit(inputs={"ingest": self.run.require("ingest").manifest.ref}, counts={"pairs": len(rows)})


def drawn(folder: Path, scenes: int = 40) -> Path:
    """A run of drawn scenes, filtered; to be copied, not to be judged."""
    run = RunFolder.create(folder)
    (folder / "leadproof.toml").write_text(SETTINGS)
    with run.writing():
        draw_into(run, scenes, size=64)
        generate(run)
        filter_pairs(run, choices=Choices(without=MODELS))
    return folder


def copied(base: Path, to: Path) -> Judged:
    """A copy that people may judge."""
    shutil.copytree(base, to)
    return Judged(to)


def reworded(pair: Pair, words: str = "Look closely.") -> Fix:
    """A fix that asks the positive question in other words."""
    return Fix(positive=FixedHalf(question=f"{words} {pair.positive.text}"))


def rekeyed(half: Question, to: str) -> FixedHalf:
    """A fix that marks another letter."""
    return FixedHalf(letter=to) if half.letter != to else FixedHalf()


def other_letter(half: Question) -> str:
    """A letter that is not the key."""
    return next(letter for letter in LETTERS[: len(half.options)] if letter != half.letter)


def with_fields(pair: Pair, **fields: object) -> Pair:
    """A pair of its own, changed."""
    values: Mapping[str, object] = {name: getattr(pair, name) for name in Pair.model_fields}
    return Pair.model_validate({**values, **fields})
