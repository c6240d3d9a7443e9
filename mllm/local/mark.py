"""What tells a folder of weights from any other, without reading all of it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from schemas.errors import UnreadableFile

SMALL = (".json", ".jinja", ".txt", ".model", ".py")  # configuration, vocabulary, template
MOST_HEADER = 100_000_000  # bytes; the format's own limit
MOST_TENSORS = 4_000  # of a file; of more, as many evenly spread ones
SAMPLE = 1_024  # bytes, at the head and in the middle of a tensor
MARK_LENGTH = 32


def content_mark(folder: Path) -> str:
    """32 hex digits over a model's folder.

    Covers the small files whole, and of each safetensors file its size, its header and a sample of every tensor:
    two models tuned from one have equal headers, and differ in their numbers alone.

    Raises:
        UnreadableFile: A file is not safetensors, or cannot be read.
    """
    mark = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if not path.is_file():
            continue
        try:
            if path.suffix in SMALL:
                mark.update(f"{path.name}:{_hash(path)};".encode())
            elif path.suffix == ".safetensors":
                with path.open("rb") as file:
                    size = path.stat().st_size
                    mark.update(f"{path.name}:{size};".encode())
                    for piece in _pieces(file, size):
                        mark.update(piece)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UnreadableFile(
                f"not a safetensors file ({error})", where=str(path), fix="Copy or download it again."
            ) from error
    return mark.hexdigest()[:MARK_LENGTH]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The header (its length in 8 bytes, then JSON: safetensors' format), then samples by offset."""
    length = int.from_bytes(file.read(8), "little")
    if not 2 <= length <= min(MOST_HEADER, size - 8):
        raise ValueError("its header is cut")
    header = file.read(length)
    yield header
    spans = sorted(tensor["data_offsets"] for name, tensor in json.loads(header).items() if name != "__metadata__")
    if spans and 8 + length + max(end for _, end in spans) > size:
        raise ValueError("it is cut")
    for begin, end in spans[:: -(-len(spans) // MOST_TENSORS) or 1]:
        for place in (begin, (begin + end) // 2):
            file.seek(8 + length + place)
            yield file.read(min(SAMPLE, end - place))
