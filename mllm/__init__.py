"""Talking to a multimodal model: one interface, whatever answers.

In: requests, messages of text and images, with the form their reply must fill in. Out: outcomes, from the
journal or asked anew within budget, pace and patience. Backends: any server that speaks the OpenAI protocol,
local weights, a user's own file.
"""

from mllm.asking import Asker, Terms
from mllm.backends import BACKENDS, Wanted
from mllm.chains import Chain, follow_all, run_chains
from mllm.journal import Journal
from mllm.message import ImagePart, Message
from mllm.model import Model
from mllm.picture import Transform
from mllm.probe import Probe, Probing, Veil
from mllm.reply import Outcome, Reply, Usage
from mllm.request import Request
from mllm.session import Ways, open_asker
from mllm.till import Till

__all__ = [
    "BACKENDS",
    "Asker",
    "Chain",
    "ImagePart",
    "Journal",
    "Message",
    "Model",
    "Outcome",
    "Probe",
    "Probing",
    "Reply",
    "Request",
    "Terms",
    "Till",
    "Transform",
    "Usage",
    "Veil",
    "Wanted",
    "Ways",
    "follow_all",
    "open_asker",
    "run_chains",
]
