"""One prompt on its way to local weights."""

from collections.abc import Hashable
from dataclasses import dataclass

from PIL import Image

from mllm.local.conversation import Turn


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said, and how the reply is drawn."""

    turns: list[Turn]
    images: list[Image.Image]
    max_tokens: int
    temperature: float
    seed: int

    @property
    def kind(self) -> Hashable:
        """Prompts of one batch have or lack images alike, and may take equally long, to a factor of two."""
        return bool(self.images), self.max_tokens.bit_length()
