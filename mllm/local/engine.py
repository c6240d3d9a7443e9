"""Local weights at work: prompts in, replies out, in one thread."""

import threading
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from jinja2 import TemplateError

from mllm.failure import Failure, Lost, Rejected, Unwilling
from mllm.local.control import broken
from mllm.local.conversation import Turn, without_system
from mllm.local.drawing import OwnLimits, OwnNoise
from mllm.local.loading import SEE_TO_IT, first_line, load
from mllm.local.prompt import Prompt
from mllm.reply import Reply, Usage

_TOO_SMALL = "Send smaller images, or take a smaller model or a larger machine; what was received is kept."


class _TooLong(ValueError):
    """More tokens than the model has places for."""


class Engine:
    """A loaded model; used by one thread."""

    def __init__(self, folder: Path, *, trust_remote_code: bool, stop: threading.Event) -> None:
        """Load a model; once ``stop`` is set, what is being written ends at its next token.

        Raises:
            Rejected: It cannot be loaded.
        """
        loaded = load(folder, trust_remote_code=trust_remote_code)
        self._processor, self._model = loaded.processor, loaded.model
        self._ends, self._control, self._context = loaded.ends, loaded.control, loaded.context
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
            replies = self._within_memory(batch)
            if replies is not None:
                done += replies
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
            inputs = self._inputs(batch)
            taken = True
            replies = self._generate(inputs, batch)
        except Exception as error:
            if isinstance(error, Failure) or _out_of_memory(error):
                raise
            if len(batch) > 1:
                return [reply for one in batch for reply in self._each([one])]
            return [self._failure(error, taken=taken)]
        self._proved = True
        return [*replies]

    def _failure(self, error: Exception, *, taken: bool) -> Failure:
        """The prompt's own fault if it is too long, or cannot be put in where others could; else the model's."""
        if isinstance(error, _TooLong) or (self._proved and not taken):
            return Unwilling(f"the model does not take this request: {first_line(error)}")
        return Rejected(f"the model cannot be run: {first_line(error)}", fix=SEE_TO_IT)

    def _inputs(self, batch: Sequence[Prompt]) -> Any:
        """What the model takes: prompts of one length, padded at their left."""
        turns = [self._plain(prompt) for prompt in batch]
        try:
            inputs = self._templated(turns)
        except TemplateError:
            if not any(turn["role"] == "system" for turn in chain.from_iterable(turns)):
                raise
            inputs = self._templated([without_system(one) for one in turns])
        longest = inputs["input_ids"].shape[1]
        if longest >= self._context:
            raise _TooLong(f"{longest} tokens, of {self._context} at most")
        return inputs.to(self._model.device, dtype=self._model.dtype)

    def _templated(self, turns: list[list[Turn]]) -> Any:
        return self._processor.apply_chat_template(
            turns,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
            processor_kwargs={"padding": True, "padding_side": "left"},
        )

    def _plain(self, prompt: Prompt) -> list[Turn]:
        """Turns with their images in place, and with no control token in their text."""
        images = iter(prompt.images)
        return [
            {
                **turn,
                "content": [
                    {"type": "image", "image": next(images)}
                    if part["type"] == "image"
                    else {"type": "text", "text": broken(part["text"], self._control)}
                    for part in turn["content"]
                ],
            }
            for turn in prompt.turns
        ]

    def _generate(self, inputs: Any, batch: Sequence[Prompt]) -> list[Reply]:
        asked = inputs["attention_mask"].sum(dim=1).tolist()
        device = inputs["input_ids"].device
        head = 1 if self._model.config.is_encoder_decoder else inputs["input_ids"].shape[1]
        limits = [
            max(1, min(prompt.max_tokens, self._context - tokens)) for prompt, tokens in zip(batch, asked, strict=True)
        ]
        noise = OwnNoise([prompt.temperature for prompt in batch], [prompt.seed for prompt in batch], device)
        with torch.inference_mode():
            written = self._model.generate(
                **inputs,
                max_new_tokens=max(limits),
                do_sample=False,
                logits_processor=[noise],
                stopping_criteria=[OwnLimits(head, limits, self._stop, device)],
            )
        if self._stop.is_set():
            raise Lost("the model was closed")
        rows = written[:, head:].tolist()
        return [self._reply(row[:limit], tokens) for row, limit, tokens in zip(rows, limits, asked, strict=True)]

    def _reply(self, row: list[int], asked: int) -> Reply:
        """A reply from its tokens; the token that ends it counts, as servers count it."""
        end = next((place for place, token in enumerate(row) if token in self._ends), None)
        said = row if end is None else row[:end]
        text = self._processor.tokenizer.decode(said, skip_special_tokens=True).strip()
        usage = Usage(asked, len(said) + (end is not None))
        return Reply(text, usage, finish="length" if end is None else "stop")


def _out_of_memory(error: Exception) -> bool:
    """Whether a GPU's or the machine's memory has run out; a CPU's allocator says so in words alone."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or "can't allocate memory" in str(error)
