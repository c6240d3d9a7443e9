"""A text model by sentence-transformers: any model that it knows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from datagen.embedding.encoder import Way
from datagen.embedding.models import EmbeddingModel
from schemas.errors import MissingExtra, WorkFailed
from schemas.text import plain

THREADS = 1


def sentence_way(model: EmbeddingModel) -> Way:
    """The model, loaded.

    Raises:
        MissingExtra: sentence-transformers is not installed.
        WorkFailed: The model cannot be loaded.
    """
    loaded = load(model)

    def encode(texts: list[str]) -> NDArray[np.float32]:
        import torch

        before = torch.get_num_threads()
        torch.set_num_threads(THREADS)
        try:
            found: NDArray[np.float32] = loaded.encode(
                texts, batch_size=len(texts), show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
            )
            return found
        finally:
            torch.set_num_threads(before)

    return encode


def load(model: EmbeddingModel) -> Any:
    """The model as sentence-transformers' own object, from safetensors alone, running no code of its own."""
    try:
        import torch
        import transformers
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtra("sentence-transformers", "embed", what="comparing what pairs say") from error
    transformers.utils.logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            str(model.folder),
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True, "dtype": torch.float32},
        )
    except Exception as error:  # a model's parts fail in their own ways
        first = next(filter(None, map(str.strip, str(error).splitlines())), "")
        raise WorkFailed(
            f"the embedding model cannot be loaded ({plain(f'{type(error).__name__}: {first}', limit=400)})",
            where=str(model.folder),
            fix="See to the model, or take another --text-model.",
        ) from error
