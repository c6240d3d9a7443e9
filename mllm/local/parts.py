"""Which part of a prompt each of its tokens belongs to: the system's words, an image, the question, or neither."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal, NamedTuple

from mllm.failure import Rejected
from mllm.local.conversation import Turn
from mllm.local.loading import Loaded
from mllm.local.put import Put, rendered

Part = Literal["system", "image", "question", "other"]
_OPEN, _CLOSE = "\ue000", "\ue001"  # letters of nobody's: they hold the place of a text in a template


class Span(NamedTuple):
    """A piece of a rendered prompt, in characters; the end is left out."""

    part: Part
    begin: int
    end: int


def token_parts(loaded: Loaded, said: Put) -> list[Part]:
    """The part of each token of a prompt that was put through alone.

    The template's own words, control tokens, line breaks between parts and what assistants said count as ``other``.

    Raises:
        Rejected: The tokenizer does not tell where its tokens stand in a text.
    """
    [turns] = said.turns
    ids: list[int] = said.inputs["input_ids"][0].tolist()
    image = image_token(loaded)
    tokenizer = loaded.processor.tokenizer
    if not tokenizer.is_fast:
        raise Rejected("its tokenizer does not tell where its tokens stand in a text, so attention has no parts")
    head = rendered(loaded.processor, turns)
    spans = text_spans(loaded.processor, turns, said.system, head)
    plain = tokenizer(head, add_special_tokens=False, return_offsets_mapping=True)
    known = [_part(spans, begin, end) for begin, end in plain["offset_mapping"]]
    # in the prompt as the model takes it an image has many tokens, and the processor may have set more around them
    runs = [(token, len(list(run)) if token == image else 1) for token, run in _runs(ids, image)]
    places = [place for place, (token, _) in enumerate(runs) if token != image]
    labels: list[Part] = ["image" if token == image else "other" for token, _ in runs]
    matcher = SequenceMatcher(None, plain["input_ids"], [runs[place][0] for place in places], autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            labels[places[block.b + step]] = known[block.a + step]
    return [label for label, (_, times) in zip(labels, runs, strict=True) for _ in range(times)]


def text_spans(processor: Any, turns: Sequence[Turn], system: frozenset[int], head: str) -> list[Span]:
    """Where the texts of a prompt stand in what the template made of it.

    The template is filled in once more, with a mark for each text: between the marks is what is its own.

    Args:
        processor: Its template.
        turns: The prompt.
        system: The ``id`` of each part that the system says.
        head: The prompt as the template writes it.

    Returns:
        In order; a text that cannot be found is left out.
    """
    texts: list[tuple[Part, str]] = []
    marked: list[Turn] = []
    for turn in turns:
        content = []
        for part in turn["content"]:
            if part["type"] == "text":
                content.append({**part, "text": f"{_OPEN}{len(texts)}{_CLOSE}"})
                texts.append((_role(turn, id(part) in system), part["text"]))
            else:
                content.append(part)
        marked.append({**turn, "content": content})
    frame, spans, place = rendered(processor, marked), [], 0
    for number, (part, text) in enumerate(texts):
        own, mark, rest = frame.partition(f"{_OPEN}{number}{_CLOSE}")
        if not mark:  # the template leaves it out, as some do with what assistants thought
            continue
        for shape in (text, text.strip()):
            begin = place + len(own)
            if head.startswith(own + shape, place):
                spans.append(Span(part, begin, begin + len(shape)))
                frame, place = rest, begin + len(shape)
                break
        else:
            return spans
    return spans


def image_token(loaded: Loaded) -> int | None:
    """The token that stands for a piece of an image, where there is one."""
    for holder, name in (
        (loaded.model.config, "image_token_id"),
        (loaded.model.config, "image_token_index"),
        (loaded.processor, "image_token_id"),
    ):
        found = getattr(holder, name, None)
        if isinstance(found, int):
            return found
    return None


def _runs(ids: Sequence[int], image: int | None) -> Any:
    """Tokens in order; those of an image that stand side by side are one."""
    groups = groupby(enumerate(ids), key=lambda one: (one[1], None if one[1] == image else one[0]))
    return ((token, run) for (token, _), run in groups)


def _role(turn: Turn, by_system: bool) -> Part:
    if by_system:
        return "system"
    return "question" if turn["role"] == "user" else "other"


def _part(spans: Sequence[Span], begin: int, end: int) -> Part:
    return next((span.part for span in spans if begin < span.end and end > span.begin), "other")
