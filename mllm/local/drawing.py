"""How tokens are drawn and when a reply ends, for each row of a batch by itself."""

import threading
from collections.abc import Sequence
from typing import Any

import torch
from transformers import LogitsProcessor, StoppingCriteria

LEAST = 1e-30  # keeps the logarithm of a draw finite


class OwnNoise(LogitsProcessor):  # type: ignore[misc]
    """Makes the greedy choice a draw from ``softmax(logits / temperature)``, with each row's own seed.

    The largest of logits with Gumbel noise is such a draw (the Gumbel-max trick: Maddison, Tarlow and Minka, "A*
    Sampling", 2014, section 2). Rows at temperature 0 stay greedy. So a row does not depend on its batch.
    """

    def __init__(self, temperatures: Sequence[float], seeds: Sequence[int], device: Any) -> None:
        self._rows = [
            (row, temperature, torch.Generator(device).manual_seed(seed))
            for row, (temperature, seed) in enumerate(zip(temperatures, seeds, strict=True))
            if temperature > 0
        ]

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Scores, (rows, vocabulary) float32, with noise added."""
        for row, temperature, generator in self._rows:
            drawn = torch.empty_like(scores[row]).exponential_(generator=generator)
            scores[row] = scores[row] / temperature - drawn.clamp_(min=LEAST).log_()
        return scores


class OwnLimits(StoppingCriteria):  # type: ignore[misc]
    """Ends each row at its own limit, and all of them once ``stop`` is set."""

    def __init__(self, prompt: int, limits: Sequence[int], stop: threading.Event, device: Any) -> None:
        self._prompt, self._stop = prompt, stop
        self._limits = torch.tensor(list(limits), device=device)

    def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
        """Which rows have ended: (rows,) bool."""
        if self._stop.is_set():
            return torch.ones_like(self._limits, dtype=torch.bool)
        return input_ids.shape[1] - self._prompt >= self._limits
