"""Pairs by a multimodal model: it says what an image shows, then writes pairs on what it saw.

In: a run's images with their captions. Out: facts, pairs, and a ledger row for all that came to nothing. Every
reply is journalled before it is used.
"""

from datagen.generators.mllm.batch_stage import generate_by_batches
from datagen.generators.mllm.estimate import Estimated, estimate_generation
from datagen.generators.mllm.stage import Asked, Pilot, Progress, generate_with_model

__all__ = [
    "Asked",
    "Estimated",
    "Pilot",
    "Progress",
    "estimate_generation",
    "generate_by_batches",
    "generate_with_model",
]
