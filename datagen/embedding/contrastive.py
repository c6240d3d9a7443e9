"""A model with a space for images and texts: CLIP, SigLIP and their kin, through transformers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from schemas.errors import MissingExtra, UnreadableFile, WorkFailed
from schemas.text import plain

_OTHER = "Name a folder or an id of a CLIP or SigLIP model."


@dataclass(frozen=True)
class ContrastiveModel:
    """A loaded model; what it gives is not normalised yet."""

    model: Any
    processor: Any
    longest: int  # tokens of a text
    padded: bool  # whether texts are filled up to that, as SigLIP's were in training
    device: str

    def images(self, images: list[Image.Image]) -> NDArray[np.float32]:
        """(n, dim) float32 of RGB images."""
        pixels = self.processor.image_processor(images=images, return_tensors="pt")
        return self._vectors(self.model.get_image_features, pixels)

    def texts(self, texts: list[str]) -> NDArray[np.float32]:
        """(n, dim) float32 of texts."""
        tokens = self.processor.tokenizer(
            texts,
            padding="max_length" if self.padded else True,
            truncation=True,
            max_length=self.longest,
            return_tensors="pt",
        )
        return self._vectors(self.model.get_text_features, tokens)

    def _vectors(self, features: Any, inputs: Any) -> NDArray[np.float32]:
        import torch

        with torch.inference_mode():
            found = features(**{name: value.to(self.device) for name, value in inputs.items()})
        vectors = found if torch.is_tensor(found) else found.pooler_output  # since transformers 5 an output object
        return np.asarray(vectors.float().cpu().numpy(), dtype=np.float32)


def load_contrastive(folder: Path) -> ContrastiveModel:
    """Load a model in float32, from safetensors alone, running no code of its own.

    Raises:
        MissingExtra: torch or transformers is not installed.
        UnreadableFile: It is a model of another sort.
        WorkFailed: It cannot be loaded.
    """
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingExtra("transformers", "local", what="an image model") from error
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    where = {"trust_remote_code": False, "local_files_only": True}
    try:
        model, found = transformers.AutoModel.from_pretrained(
            folder, use_safetensors=True, dtype=torch.float32, output_loading_info=True, **where
        )
        processor = transformers.AutoProcessor.from_pretrained(folder, **where)
    except Exception as error:  # a model's parts fail in their own ways
        first = next(filter(None, map(str.strip, str(error).splitlines())), "")
        raise WorkFailed(
            f"the image model cannot be loaded ({plain(f'{type(error).__name__}: {first}', limit=400)})",
            where=str(folder),
            fix=_OTHER,
        ) from error
    if not all(hasattr(model, needed) for needed in ("get_image_features", "get_text_features")):
        raise UnreadableFile(f"{type(model).__name__} does not compare images and texts", where=str(folder), fix=_OTHER)
    if not all(getattr(processor, needed, None) for needed in ("image_processor", "tokenizer")):
        raise UnreadableFile("its processor is not one of images and texts", where=str(folder), fix=_OTHER)
    if found["missing_keys"]:  # these would be random numbers, and be so without a word
        raise UnreadableFile(f"the weights lack {min(found['missing_keys'])}", where=str(folder), fix=_OTHER)
    text = model.config.get_text_config()
    padded = str(model.config.model_type).startswith("siglip")
    return ContrastiveModel(model.eval().to(device), processor, int(text.max_position_embeddings), padded, device)
