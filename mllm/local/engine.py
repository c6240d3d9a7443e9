"""Local weights at work: prompts in, replies or measurements out, in one thread."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from mllm.failure import Failure, Rejected, Unwilling
from mllm.local.attention import attentions
from mllm.local.efficiency import efficiencies
from mllm.local.likelihood import likelihoods
from mllm.local.loading import SEE_TO_IT, Loaded, first_line, load
from mllm.local.prompt import Prompt
from mllm.local.put import Put, Unfit, put
from mllm.local.writing import replies
from mllm.probe import Ability
from mllm.reply import Reply

_TOO_SMALL = "Send smaller images, or take a smaller model or a larger machine; what was received is kept."
Worker = Callable[[Loaded, Sequence[Prompt], Put, threading.Event], list[Reply]]
_MEASURED: dict[Ability, Worker] = {"choices": likelihoods, "attention": attentions, "efficiency": efficiencies}


class Engine:
    """A loaded model; used by one thread."""

    def __init__(self, folder: Path, *, trust_remote_code: bool, stop: threading.Event) -> None:
        """Load a model; once ``stop`` is set, what is being written ends at its next token.

        Raises:
            Rejected: It cannot be loaded.
        """
        self._loaded = load(folder, trust_remote_code=trust_remote_code)
        self._stop, self._proved = stop, False
        self.fits: int | None = None  # prompts of a batch, once more of them did not fit into memory

    def answer(self, prompts: Sequence[Prompt]) -> list[Reply | Failure]:
        """Replies, or failures, to as many prompts; batches are halved for good when memory runs out.

        Raises:
            Lost: The model was closed meanwhile.
        """
        done: list[Reply | Failure] = []
        while len(done) < len(prompts):
            batch = prompts[len(done) : len(done) + (self.fits or len(prompts))]
            found = self._within_memory(batch)
            if found is not None:
                done += found
            elif len(batch) > 1:
                self.fits = len(batch) // 2
            else:
                done.append(Rejected("the memory is too small for a single request to this model", fix=_TOO_SMALL))
        return done

    def _within_memory(self, batch: Sequence[Prompt]) -> list[Reply | Failure] | None:
        """Replies, or None if memory has run out; what the attempt held is free again when this returns."""
        try:
            return self._each(batch)
        except Exception as error:
            if not _out_of_memory(error):
                raise
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return None

    def _each(self, batch: Sequence[Prompt]) -> list[Reply | Failure]:
        """Replies to a batch; where it fails, to each prompt by itself, so that one does not spoil the others."""
        taken = False
        try:
            said = put(self._loaded, batch)
            taken = True
            found = _worker(batch[0])(self._loaded, batch, said, self._stop)
        except Exception as error:
            if isinstance(error, Failure) or _out_of_memory(error):
                raise
            if len(batch) > 1:
                return [reply for one in batch for reply in self._each([one])]
            return [self._failure(error, taken=taken)]
        self._proved = True
        return [*found]

    def _failure(self, error: Exception, *, taken: bool) -> Failure:
        """The prompt's own fault if it has no place, or cannot be put in where others could; else the model's."""
        if isinstance(error, Unfit) or (self._proved and not taken):
            return Unwilling(f"the model does not take this request: {first_line(error)}")
        return Rejected(f"the model cannot be run: {first_line(error)}", fix=SEE_TO_IT)


def _worker(prompt: Prompt) -> Worker:
    """What answers a batch of prompts like this one."""
    return _MEASURED[prompt.probe.ability] if prompt.probe else replies


def _out_of_memory(error: Exception) -> bool:
    """Whether a GPU's or the machine's memory has run out; a CPU's allocator says so in words alone."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or "can't allocate memory" in str(error)
