"""Strategies: how a model is led to its answer. One file and one registry line each.

In: a question on its way. Out: a chain of requests that ends in an answer. Third parties register under
``leadproof.strategies``.
"""

from evaluation.strategies.contract import Answered, Asking, Strategy
from schemas.registry import Registry

STRATEGIES: Registry[Strategy] = Registry(
    kind="strategy",
    group="leadproof.strategies",
    builtin={
        "plain": "evaluation.strategies.plain:PLAIN",
        "warned": "evaluation.strategies.warned:WARNED",
        "content-guided": "evaluation.strategies.content_guided:CONTENT_GUIDED",
        "attention-guided": "evaluation.strategies.attention_guided:ATTENTION_GUIDED",
        "attention-random": "evaluation.strategies.attention_guided:ATTENTION_RANDOM",
    },
)

__all__ = ["STRATEGIES", "Answered", "Asking", "Strategy"]
