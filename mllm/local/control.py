"""Control tokens: what steers a model when it stands in a prompt, and must not when it stands in a user's text."""

from collections.abc import Sequence
from typing import Any


def control_tokens(processor: Any) -> list[str]:
    """A processor's special tokens, and those that hold the places of images; the longest first."""
    special = {str(token) for token in processor.tokenizer.added_tokens_decoder.values() if token.special}
    places = {str(getattr(processor, f"{kind}_token", None) or "") for kind in ("image", "video", "audio")}
    return sorted((token for token in special | places if len(token.strip()) > 1), key=len, reverse=True)


def broken(text: str, control: Sequence[str]) -> str:
    """Text in which no control token stands: a space after its first character keeps it readable, and mere text."""
    for token in control:
        if token in text:
            text = text.replace(token, f"{token[0]} {token[1:]}")
    return text
