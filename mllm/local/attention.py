"""What a reply is drawn from: how a model's attention is shared out over its prompt while it writes."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isqrt
from typing import Any, get_args

import torch

from mllm.failure import Rejected
from mllm.local.loading import Loaded
from mllm.local.parts import Part, token_parts
from mllm.local.prompt import Prompt
from mllm.local.put import Put, put
from mllm.local.read import read
from mllm.local.writing import ended, reply_of, written
from mllm.reply import Reply

DIGITS = 7  # of a share, in a reply's JSON


def attentions(loaded: Loaded, batch: Sequence[Prompt], said: Put, stop: threading.Event) -> list[Reply]:
    """The replies to prompts that probe for attention.

    Replies are written together; each is then read alone, so that its prompt has no padding.

    Raises:
        Lost: The model was closed meanwhile.
        Rejected: The model does not show its attention.
    """
    asked = said.inputs["attention_mask"].sum(dim=1).tolist()
    rows = written(loaded, batch, said, stop)
    found = []
    for prompt, row, tokens in zip(batch, rows, asked, strict=True):
        reply, own = reply_of(loaded, row, tokens), put(loaded, [prompt])
        kept = row[: ended(loaded, row)] or row[:1]  # an empty reply is the token that ends it
        with torch.inference_mode():
            weights = attention(loaded.model, own.inputs, kept)
        parts = token_parts(loaded, own)
        text = {
            "text": reply.text,
            "mass": {part: _short(share) for part, share in masses(weights, parts).items()},
            "grid": [[_short(share) for share in row] for row in grid(weights, parts, own, len(prompt.images))],
        }
        found.append(Reply(json.dumps(text), reply.usage, reply.finish))
    return found


def attention(model: Any, inputs: Any, reply: Sequence[int]) -> list[float]:
    """Shares of attention that go to each token of prompt and reply while the reply is written.

    They are read off the places that wrote its tokens: the prompt's last one wrote the first. The prompt before that
    is read with the quick kernels, which show no weights, so that only the reply's few rows of them are ever held,
    for one layer at a time.

    Args:
        model: The model.
        inputs: One prompt, without padding.
        reply: Its tokens, at least one.

    Returns:
        A share a token, prompt first (the reply's last token, which nothing looks at, left out); they add up to 1.
        Mean over layers, heads and the reply's tokens.

    Raises:
        Rejected: The model does not show its attention.
    """
    before = read(model, inputs, but=1)
    ids = torch.cat([inputs["input_ids"][:, -1:], inputs["input_ids"].new_tensor([list(reply[:-1])])], dim=1)
    seen = torch.zeros(inputs["input_ids"].shape[1] + len(reply) - 1, dtype=torch.float64)
    with _shown(model.get_decoder(), seen, len(reply)):
        before.on(ids)
    total = float(seen.sum())
    if not total:
        raise Rejected("this model does not show its attention", fix="Leave out what looks inside, or ask another.")
    shares: list[float] = (seen / total).tolist()
    return shares


@contextmanager
def _shown(decoder: Any, seen: torch.Tensor, queries: int) -> Iterator[None]:
    """Adds to ``seen`` the weights of each layer that is run meanwhile: those of so many queries, mean over heads."""

    def add(module: Any, given: Any, found: Any) -> None:
        weights = found[1] if isinstance(found, tuple) and len(found) > 1 else None
        if isinstance(weights, torch.Tensor) and weights.ndim == 4 and weights.shape[2] == queries:
            sums = weights[0].sum(dim=(0, 1), dtype=torch.float64).cpu()
            sums /= weights.shape[1] * queries  # layers count alike, however many heads they have
            seen[len(seen) - len(sums) :] += sums  # a layer with a window sees the last ones alone

    usual = decoder.config._attn_implementation
    decoder.set_attn_implementation("eager")
    hooks = [
        module.register_forward_hook(add) for module in decoder.modules() if type(module).__name__.endswith("Attention")
    ]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
        decoder.set_attn_implementation(usual)


def masses(weights: Sequence[float], parts: Sequence[Part]) -> dict[Part, float]:
    """The share of each part; what is behind the prompt, the reply, counts as ``other``."""
    found: dict[Part, float] = dict.fromkeys(get_args(Part), 0.0)
    for place, weight in enumerate(weights):
        found[parts[place] if place < len(parts) else "other"] += weight
    return found


def grid(weights: Sequence[float], parts: Sequence[Part], said: Put, images: int) -> list[list[float]]:
    """The shares of the first image's patches, rows from the top; empty where they make no single grid.

    A token of the whole image before the patches (CLIP's class token) is left out.
    """
    places = [place for place, part in enumerate(parts) if part == "image"]
    runs = [place for place in places if place == 0 or parts[place - 1] != "image"]
    if not places or not images:
        return []
    first = [place for place in places if len(runs) != images or images == 1 or place < runs[1]]
    if len(first) == len(places):  # side by side, or with other tokens between their rows
        first = places[: len(places) // images]
    size = grid_size(said.inputs, len(first), images)
    if size is None:
        return []
    rows, columns = size
    cells = [weights[place] for place in first[len(first) - rows * columns :]]
    return [cells[row * columns : (row + 1) * columns] for row in range(rows)]


def grid_size(inputs: Any, tokens: int, images: int) -> tuple[int, int] | None:
    """Rows and columns of the first image's patches, where its tokens are one grid of them.

    Where the processor says (``image_grid_thw``: patches before they are merged, always to one shape), that shape;
    else that of the pixels that the encoder sees, if it sees each image once and not in tiles.

    Args:
        inputs: What the processor made.
        tokens: Of the first image.
        images: In the prompt.
    """
    if (sizes := inputs.get("image_grid_thw")) is not None:
        _, rows, columns = sizes[0].tolist()
        merged = isqrt(rows * columns // tokens)
        return (rows // merged, columns // merged) if rows * columns == tokens * merged**2 else None
    pixels = inputs.get("pixel_values")
    if pixels is None or pixels.ndim != 4 or pixels.shape[0] != images:
        return None
    high, wide = pixels.shape[2:]
    if (sizes := inputs.get("image_sizes")) is not None:
        high, wide = sizes[0].tolist()
    for count in (tokens, tokens - 1):  # without and with a class token
        rows = round((count * high / wide) ** 0.5)
        if rows and rows * (count // rows) == count and abs(rows / (count // rows) - high / wide) < high / wide / 20:
            return rows, count // rows
    return None


def _short(share: float) -> float:
    return float(f"{share:.{DIGITS}g}")
