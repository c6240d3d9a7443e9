"""Writing replies: as many tokens as a prompt may have, drawn as it says."""

import threading
from collections.abc import Sequence

import torch

from mllm.failure import Lost
from mllm.local.drawing import OwnLimits, OwnNoise
from mllm.local.loading import Loaded
from mllm.local.prompt import Prompt
from mllm.local.put import Put
from mllm.reply import Reply, Usage


def replies(loaded: Loaded, batch: Sequence[Prompt], said: Put, stop: threading.Event) -> list[Reply]:
    """The replies to prompts.

    Raises:
        Lost: The model was closed meanwhile.
    """
    asked = said.inputs["attention_mask"].sum(dim=1).tolist()
    rows = written(loaded, batch, said, stop)
    return [reply_of(loaded, row, tokens) for row, tokens in zip(rows, asked, strict=True)]


def written(loaded: Loaded, batch: Sequence[Prompt], said: Put, stop: threading.Event) -> list[list[int]]:
    """What is written after each prompt, as tokens; behind its end token there may be more.

    Raises:
        Lost: The model was closed meanwhile.
    """
    inputs, model = said.inputs, loaded.model
    asked = inputs["attention_mask"].sum(dim=1).tolist()
    device = inputs["input_ids"].device
    head = 1 if model.config.is_encoder_decoder else inputs["input_ids"].shape[1]
    limits = [
        max(1, min(prompt.max_tokens, loaded.context - tokens)) for prompt, tokens in zip(batch, asked, strict=True)
    ]
    noise = OwnNoise([prompt.temperature for prompt in batch], [prompt.seed for prompt in batch], device)
    with torch.inference_mode():
        found = model.generate(
            **inputs,
            max_new_tokens=max(limits),
            do_sample=False,
            logits_processor=[noise],
            stopping_criteria=[OwnLimits(head, limits, stop, device)],
        )
    if stop.is_set():
        raise Lost("the model was closed")
    return [row[:limit] for row, limit in zip(found[:, head:].tolist(), limits, strict=True)]


def reply_of(loaded: Loaded, row: list[int], asked: int) -> Reply:
    """A reply from its tokens; the token that ends it counts, as servers count it."""
    end = ended(loaded, row)
    said = row if end is None else row[:end]
    text = loaded.processor.tokenizer.decode(said, skip_special_tokens=True).strip()
    usage = Usage(asked, len(said) + (end is not None))
    return Reply(text, usage, finish="length" if end is None else "stop")


def ended(loaded: Loaded, row: Sequence[int]) -> int | None:
    """Where the token that ends a reply stands; None where it was cut."""
    return next((place for place, token in enumerate(row) if token in loaded.ends), None)
