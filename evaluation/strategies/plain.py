"""The question as the benchmark has it, and nothing else."""

from evaluation.strategies.contract import Answered, Asking, Strategy
from mllm import Chain


def ask(asking: Asking) -> Chain[Answered]:
    """Ask once."""
    turn = asking.shown(asking.question)
    (outcome,) = yield [asking.last(turn)]
    return Answered(outcome, (turn,))


PLAIN = Strategy("plain", "1", ask)
