"""Prompts as a model takes them: put through its chat template and its processor."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from jinja2 import TemplateError

from mllm.local.control import broken
from mllm.local.conversation import Turn, without_system
from mllm.local.loading import Loaded
from mllm.local.prompt import Prompt


class Unfit(ValueError):
    """A prompt, or a choice, that the model has no places for."""


@dataclass(frozen=True)
class Put:
    """Prompts of one batch, ready for the model.

    ``turns`` are those that went through the template, images in place and no control token in a text; ``system``
    holds the ``id`` of each part that the system says, wherever it had to be said. ``inputs`` are of one length,
    padded at their left.
    """

    turns: list[list[Turn]]
    system: frozenset[int]
    inputs: Any


def put(loaded: Loaded, batch: Sequence[Prompt]) -> Put:
    """Prompts, put through the template; a system's turn that it does not take is told in the user's.

    Raises:
        Unfit: One of them leaves no place for a reply.
    """
    turns = [_plain(prompt, loaded.control) for prompt in batch]
    said = [turn for turn in chain.from_iterable(turns) if turn["role"] == "system"]
    system = frozenset(id(part) for turn in said for part in turn["content"])
    try:
        inputs = _templated(loaded.processor, turns)
    except TemplateError:
        if not said:
            raise
        turns = [without_system(one) for one in turns]
        inputs = _templated(loaded.processor, turns)
    longest = inputs["input_ids"].shape[1]
    if longest >= loaded.context:
        raise Unfit(f"{longest} tokens, of {loaded.context} at most")
    return Put(turns, system, inputs.to(loaded.model.device, dtype=loaded.model.dtype))


def rendered(processor: Any, turns: Sequence[Turn]) -> str:
    """A prompt's text as the template writes it, the images' places not yet drawn out."""
    text: str = processor.apply_chat_template(list(turns), add_generation_prompt=True, tokenize=False)
    return text


def _templated(processor: Any, turns: list[list[Turn]]) -> Any:
    return processor.apply_chat_template(
        turns,
        add_generation_prompt=True,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
        processor_kwargs={"padding": True, "padding_side": "left"},
    )


def _plain(prompt: Prompt, control: Sequence[str]) -> list[Turn]:
    """Turns with their images in place, and with no control token in their text."""
    images = iter(prompt.images)
    return [
        {
            **turn,
            "content": [
                {"type": "image", "image": next(images)}
                if part["type"] == "image"
                else {"type": "text", "text": broken(part["text"], control)}
                for part in turn["content"]
            ],
        }
        for turn in prompt.turns
    ]
