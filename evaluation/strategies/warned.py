"""A warning beforehand that questions may mislead: the cheapest defence, and so a baseline for all others."""

from evaluation.strategies.contract import Answered, Asking, Strategy
from mllm import Chain, Message

WARNING = (
    "Look at the image closely before you answer. A question may take something for granted that the image does not "
    "show, or that contradicts it; it may just as well be right. Trust what you see, not what the question suggests."
)


def ask(asking: Asking) -> Chain[Answered]:
    """Warn, then ask once."""
    turns = (Message("system", (WARNING,)), asking.shown(asking.question))
    (outcome,) = yield [asking.last(*turns)]
    return Answered(outcome, turns)


WARNED = Strategy("warned", "1", ask)
