"""What is measured inside a local model, beside what it writes; and an image that is shown in part."""

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

Ability = Literal["choices", "attention", "veil", "efficiency"]


@dataclass(frozen=True, slots=True)
class Probe:
    """A measurement; the text of its reply is a JSON object, so that the journal keeps it like any other.

    ``choices``: how likely the model finds each of these as its whole reply. The object has ``logprobs`` (a number a
    choice: the sum of the natural logarithms of its tokens' probabilities after the prompt, the end token left out)
    and ``tokens`` (how many they are, a number a choice).

    ``attention``: what the reply is drawn from. The object has ``text`` (the reply, greedily written within
    ``max_tokens``), ``mass`` (shares of attention, from the reply's tokens to the parts of the prompt, mean over
    layers, heads and reply tokens: ``system``, ``image``, ``question``, ``other`` (template and the reply itself);
    they add up to 1) and ``grid`` (rows from the top: attention to each patch of the first image, adding up to its
    share; empty where there is no image).

    ``efficiency``: what a request like this takes. The object has the fields of
    :class:`mllm.local.efficiency.Efficiency`.
    """

    choices: tuple[str, ...] = ()
    attention: bool = False
    efficiency: bool = False


@dataclass(frozen=True, slots=True)
class Veil:
    """A soft mask over every image of a request: its pixels keep this share of their distance from mid-grey.

    ``grid`` holds rows from the top, of equal length, of weights in [0, 1]; it is drawn over the whole image
    with bilinear interpolation.
    """

    grid: tuple[tuple[float, ...], ...]


@runtime_checkable
class Probing(Protocol):
    """A model that can be measured; which measurements it knows."""

    probes: frozenset[Ability]
