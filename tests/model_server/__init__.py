"""A multimodal model behind real HTTP on loopback, speaking the OpenAI protocol, for tests and benchmarks.

It answers from the exact facts of a run's drawn scenes, and errs, stalls and breaks off when told to. Comes in: a
:class:`Config`. Goes out: a base URL, and a log of all that was asked, sent and lost.
"""

from tests.model_server.config import Batching, Config, Fault, FaultKind, Limits, Prices
from tests.model_server.log import Counts, Entry
from tests.model_server.pair_replies import WrongKey
from tests.model_server.questions import Answer
from tests.model_server.server import ModelServer

__all__ = [
    "Answer", "Batching", "Config", "Counts", "Entry", "Fault", "FaultKind", "Limits", "ModelServer", "Prices",
    "WrongKey",
]  # fmt: skip
