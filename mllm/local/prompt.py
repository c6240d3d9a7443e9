"""One prompt on its way to local weights."""

from collections.abc import Hashable
from dataclasses import dataclass

from PIL import Image

from mllm.local.conversation import Turn
from mllm.probe import Probe


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said, and how the reply is drawn or what is measured."""

    turns: list[Turn]
    images: list[Image.Image]
    max_tokens: int
    temperature: float
    seed: int
    probe: Probe | None = None

    @property
    def kind(self) -> Hashable:
        """Prompts of one batch have or lack images alike, are put to one use, and may take equally long.

        That is to a factor of two.
        """
        return bool(self.images), self.probe and self.probe.ability, self.max_tokens.bit_length()
