"""Content hashes: what an image is, what a pair is, and seeded choices that depend on nothing else."""

import hashlib
import json
from collections.abc import Sequence

from schemas.text import nfc

PAIR_ID_LENGTH = 20


def image_ref(content: bytes) -> str:
    """The reference of an image at hand: ``sha256:`` and 64 hex digits of its bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def path_ref(path: str) -> str:
    """The reference of an image that is only named, as in a benchmark read without its images."""
    return f"path:{path}"


def short(ref: str) -> str:
    """Sixteen characters that name an image in file names: its hash, or a hash of its path."""
    scheme, _, rest = ref.partition(":")
    return rest[:16] if scheme == "sha256" else hashlib.sha256(ref.encode()).hexdigest()[:16]


def pair_id(kind: str, category: str, halves: Sequence[tuple[str, str, str, Sequence[str]]]) -> str:
    """The identity of a pair: what is asked of which image, whatever letters the options carry.

    Args:
        kind: The pair's kind.
        category: ``level/name``.
        halves: Positive, then negative: image reference, question, right option, other options.

    Returns:
        20 hex digits (80 bits).
    """
    canonical = [
        [image, nfc(question), nfc(right), *sorted(nfc(other) for other in others)]
        for image, question, right, others in halves
    ]
    text = json.dumps([kind, category, canonical], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:PAIR_ID_LENGTH]


def seeded(seed: int, *parts: str) -> int:
    """A 64-bit number that depends on the seed and the parts alone: the source of all seeded choices."""
    text = "\x1f".join((str(seed), *parts))
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def seeded_share(seed: int, *parts: str) -> float:
    """A number in [0, 1), uniform over the parts."""
    return seeded(seed, *parts) / 2**64
