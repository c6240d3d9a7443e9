"""How likely a model finds each of some replies: the sum of its tokens' log-probabilities after the prompt."""

import json
import threading
from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from jinja2 import TemplateError

from mllm.failure import Lost
from mllm.local.control import broken
from mllm.local.conversation import Turn
from mllm.local.loading import Loaded
from mllm.local.prompt import Prompt
from mllm.local.put import Put, Unfit, rendered
from mllm.local.read import read
from mllm.reply import Reply, Usage

_MARK = "\ue000"  # a letter of nobody's


class Likelihood(NamedTuple):
    """A choice's natural log-probability as a reply, and how many tokens it has."""

    logprob: float
    tokens: int


def likelihoods(loaded: Loaded, batch: Sequence[Prompt], said: Put, stop: threading.Event) -> list[Reply]:
    """The replies to prompts that probe for choices.

    Raises:
        Unfit: A choice has no tokens, or more than there are places for.
        Lost: The model was closed meanwhile.
    """
    choices = [
        choice_tokens(loaded, turns, prompt.probe.choices if prompt.probe else ())
        for turns, prompt in zip(said.turns, batch, strict=True)
    ]
    asked = said.inputs["attention_mask"].sum(dim=1).tolist()
    longest = max(tokens + len(choice) for tokens, row in zip(asked, choices, strict=True) for choice in row)
    if longest > loaded.context:
        raise Unfit(f"{longest} tokens with the longest choice, of {loaded.context} at most")
    with torch.inference_mode():
        found = log_likelihoods(loaded.model, said.inputs, choices, stop)
    return [_reply(row, tokens) for row, tokens in zip(found, asked, strict=True)]


def log_likelihoods(
    model: Any, inputs: Any, choices: Sequence[Sequence[Sequence[int]]], stop: threading.Event
) -> list[list[Likelihood]]:
    """How likely each choice is after its prompt.

    The prompts are read once, which gives the first token of all choices; of longer ones, the first choices of all
    prompts are read together, then the second ones and so on, so that no more rows are held than there are prompts.

    Args:
        model: The model.
        inputs: The prompts, padded at their left.
        choices: A prompt's choices as token ids, at least one a choice; prompts may have different numbers of them.
        stop: Ends it.

    Returns:
        As many as there are choices, a list a prompt.

    Raises:
        Lost: It was stopped.
    """
    before = read(model, inputs)
    first = torch.log_softmax(before.logits.float(), dim=-1)
    sums = [[float(first[row, choice[0]]) for choice in own] for row, own in enumerate(choices)]
    for place in range(max(map(len, choices))):
        if stop.is_set():
            raise Lost("the model was closed")
        column = [own[place] if place < len(own) else () for own in choices]
        longest = max(map(len, column))
        if longest < 2:
            continue
        # filled up at the right, where causal attention keeps it from what is before
        ids = torch.tensor([[*tokens, *[0] * (longest - len(tokens))] for tokens in column], device=first.device)
        logprobs = torch.log_softmax(before.on(ids[:, :-1]).float(), dim=-1)
        further = logprobs.gather(2, ids[:, 1:, None])[..., 0].double().cpu()
        for row, tokens in enumerate(column):
            if len(tokens) > 1:
                sums[row][place] += float(further[row, : len(tokens) - 1].sum())
    return [
        [Likelihood(total, len(choice)) for total, choice in zip(totals, own, strict=True)]
        for totals, own in zip(sums, choices, strict=True)
    ]


def choice_tokens(loaded: Loaded, turns: Sequence[Turn], choices: Sequence[str]) -> list[list[int]]:
    """Choices as tokens that the model would write after the prompt, with the white space that goes before a reply.

    A choice whose first letters would grow together with the prompt's end is split off there, since the prompt's
    tokens stand.

    Raises:
        Unfit: A choice has no tokens.
    """
    head = rendered(loaded.processor, turns)
    lead = reply_lead(loaded.processor, turns, head)
    tokenizer, found = loaded.processor.tokenizer, []
    before = tokenizer(head, add_special_tokens=False)["input_ids"]
    for choice in choices:
        said = lead + broken(choice, loaded.control)
        whole = tokenizer(head + said, add_special_tokens=False)["input_ids"]
        joined = whole[: len(before)] == before
        tokens = whole[len(before) :] if joined else tokenizer(said, add_special_tokens=False)["input_ids"]
        if not tokens:
            raise Unfit(f"a choice has no tokens: {choice!r}")
        found.append(list(tokens))
    return found


def reply_lead(processor: Any, turns: Sequence[Turn], head: str) -> str:
    """The white space between a prompt and a reply in the chats that the template writes.

    A model that was tuned on ``ASSISTANT: Yes`` and is asked with ``ASSISTANT:`` begins its reply with a space.

    Args:
        processor: Its template.
        turns: The prompt.
        head: The prompt as the template writes it.
    """
    answered = [*turns, {"role": "assistant", "content": [{"type": "text", "text": _MARK}]}]
    try:
        whole: str = processor.apply_chat_template(answered, add_generation_prompt=False, tokenize=False)
    except TemplateError:
        return ""
    if not whole.startswith(head):
        return ""
    lead, mark, _ = whole[len(head) :].partition(_MARK)
    return lead if mark and not lead.strip() else ""


def _reply(found: Sequence[Likelihood], asked: int) -> Reply:
    text = {"logprobs": [one.logprob for one in found], "tokens": [one.tokens for one in found]}
    return Reply(json.dumps(text), Usage(asked, 0))
