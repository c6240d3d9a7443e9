"""What is measured inside a local model, beside what it writes; and an image that is shown in part."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from mllm.failure import Rejected

Ability = Literal["choices", "attention", "veil", "efficiency"]


@dataclass(frozen=True, slots=True)
class Probe:
    """One measurement; the text of its reply is a JSON object, so that the journal keeps it like any other.

    ``choices``: how likely the model finds each of these as its whole reply. The object has ``logprobs`` (a number a
    choice: the sum of the natural logarithms of its tokens' probabilities after the prompt, the end token left out)
    and ``tokens`` (how many they are, a number a choice; null where a user's file does not say).

    ``attention``: what the reply is drawn from. The object has ``text`` (the reply, written within ``max_tokens`` as
    any other), ``mass`` (shares of attention, from the places that wrote the reply's tokens to the parts of the
    prompt, mean over layers, heads and tokens: ``system``, ``image``, ``question`` (all that users say), ``other``
    (template, assistants' turns and the reply itself); they add up to 1) and ``grid`` (rows from the top: attention to
    each patch of the first image, adding up to its share; empty where there is no image, or where the patches of a
    model's image make no single grid).

    ``efficiency``: what a request like this takes. The object has the fields of
    :class:`mllm.local.efficiency.Efficiency`.

    Raises:
        ValueError: It asks for none of them or for several, or a choice is empty.
    """

    choices: tuple[str, ...] = ()
    attention: bool = False
    efficiency: bool = False

    def __post_init__(self) -> None:
        if bool(self.choices) + self.attention + self.efficiency != 1:
            raise ValueError("a probe is one of choices, attention and efficiency")
        if not all(choice.strip() for choice in self.choices):
            raise ValueError(f"an empty choice: {self.choices}")

    @property
    def ability(self) -> Ability:
        """What a model has to know for it."""
        return "choices" if self.choices else "attention" if self.attention else "efficiency"


@dataclass(frozen=True, slots=True)
class Veil:
    """A soft mask over every image of a request: its pixels keep this share of their distance from mid-grey.

    ``grid`` holds rows from the top, of equal length, of weights in [0, 1]; it is drawn over the whole image
    with bilinear interpolation.

    Raises:
        ValueError: It is no such grid.
    """

    grid: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if not self.grid or not self.grid[0] or len({len(row) for row in self.grid}) > 1:
            raise ValueError("a veil has rows of equal length, at least one of each")
        if not all(0 <= weight <= 1 for row in self.grid for weight in row):
            raise ValueError("a weight of a veil is not in [0, 1]")


@runtime_checkable
class Probing(Protocol):
    """A model that can be measured; which measurements it knows."""

    probes: frozenset[Ability]


def refuse_unmeasured(probe: Probe | None, veil: Veil | None, *, known: Set[Ability], name: str) -> None:
    """Refuse what a model does not know, for a reply without it would be taken for one with it.

    Args:
        probe: The request's.
        veil: The request's.
        known: What the model knows.
        name: How it is called, for the message.

    Raises:
        Rejected: It is asked for something else.
    """
    wanted: list[Ability] = [*([probe.ability] if probe else []), *(["veil"] if veil else [])]  # type: ignore[list-item]
    for ability in wanted:
        if ability not in known:
            fix = "Ask local weights: --backend transformers --model FOLDER."
            raise Rejected(f"{name} cannot measure {ability}", fix=fix)
