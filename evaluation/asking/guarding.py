"""One question of general ability: asked and scored."""

from dataclasses import dataclass

from evaluation.asking.way import Way
from evaluation.guard import GuardItem, guard_prompt, guard_score
from mllm import Chain, ImagePart, Message, Outcome, Request


@dataclass(frozen=True)
class GuardAnswer:
    """A guard's question, what was said to it, and how well, in [0, 1]."""

    item: GuardItem
    outcome: Outcome
    score: float

    @property
    def place(self) -> int:
        """Its place in its file."""
        return self.item.row

    @property
    def open(self) -> bool:
        """Whether it was not answered and will be asked again next time."""
        return self.outcome.status in ("failed", "unasked")


def ask_guard(item: GuardItem, image: ImagePart | None, way: Way) -> Chain[GuardAnswer]:
    """Ask it plainly, whatever the strategy of the benchmark's questions: written, with its image where it has one."""
    parts = (*((image,) if image else ()), guard_prompt(item))
    request = Request(item.id, "guard", (Message("user", parts),), max_tokens=way.max_tokens, seed=way.seed)
    (outcome,) = yield [request]
    text = outcome.text if outcome.status == "ok" else ""
    return GuardAnswer(item, outcome, guard_score(item, text))
