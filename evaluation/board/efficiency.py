"""What a model costs to run, as the board shows it: columns of the efficient-MLLM survey (arXiv 2405.10739)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from schemas.text import plain

_GIB = 2**30
_STEPS = ((1e15, "P"), (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_FLOPS = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def _significant(value: float) -> str:
    """Three significant digits, never with an exponent."""
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(decimals, 6)}f}"


def _scaled(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    for size, letter in steps:
        if abs(value) >= size:
            return f"{_significant(value / size)} {letter}"
    return _significant(value)


@dataclass(frozen=True)
class Figure:
    """A column: the key in ``efficiency.json``, its heading, and how a number is shown."""

    key: str
    heading: str
    shown: Callable[[float], str]


FIGURES: tuple[Figure, ...] = (
    Figure("parameters", "Parameters", lambda value: _scaled(value, _STEPS)),
    Figure("parameters_vision", "of vision", lambda value: _scaled(value, _STEPS)),
    Figure("parameters_language", "of language", lambda value: _scaled(value, _STEPS)),
    Figure("image_resolution", "Image, px", lambda value: f"{value:,.0f}"),
    Figure("vision_tokens", "Vision tokens", lambda value: f"{value:,.0f}"),
    Figure("prompt_tokens", "Prompt tokens", lambda value: f"{value:,.0f}"),
    Figure("prefill_flops", "Prefill, FLOP", lambda value: _scaled(value, _FLOPS)),
    Figure("time_to_first_token_s", "First token, s", _significant),
    Figure("tokens_per_s", "Tokens/s", _significant),
    Figure("peak_memory_bytes", "Peak memory, GiB", lambda value: _significant(value / _GIB)),
    Figure("memory", "Memory of", str),
    Figure("device", "Device", str),
    Figure("dtype", "Precision", str),
    Figure("training_samples", "Training samples", lambda value: _scaled(value, _STEPS)),
    Figure("gpu_hours", "GPU hours", _significant),
)


def measured(found: Mapping[str, Any] | None) -> dict[str, float | str]:
    """The figures of an ``efficiency.json`` that can be shown; what is missing, null or no figure is left out.

    A list of numbers, such as an image's height and width, becomes ``384 × 384``.
    """
    kept: dict[str, float | str] = {}
    for figure in FIGURES:
        value = (found or {}).get(figure.key)
        if isinstance(value, list) and 0 < len(value) <= 4 and all(_is_number(one) for one in value):
            kept[figure.key] = " × ".join(f"{one:g}" for one in value)
        elif isinstance(value, str) and value.strip():
            kept[figure.key] = plain(value.strip(), limit=40)
        elif _is_number(value):
            kept[figure.key] = value
    return kept


def shown(figure: Figure, row: Mapping[str, float | str]) -> str | None:
    """A row's figure as text; None where it was not measured."""
    value = row.get(figure.key)
    if value is None or isinstance(value, str):
        return value
    return figure.shown(value)


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < 1e30 and math.isfinite(value)  # more than that is no measurement
