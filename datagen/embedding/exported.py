"""A text model in ONNX Runtime: exported once, with mean pooling and normalisation in the graph.

Afterwards neither torch nor sentence-transformers need be imported, which takes longer than embedding a thousand
statements.
"""

import importlib.util
import json
import logging
import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datagen.embedding.encoder import Way
from datagen.embedding.models import EmbeddingModel
from datagen.embedding.sentences import THREADS, load

WORTH_IT = 20_000
"""Texts from which on an export is made: it takes as long as embedding some ten thousand, and pays from then on."""
AGREE = 0.99999
"""Cosine between the vectors of both ways at the least, or the export is not used."""
_TRIED = [
    ["The mushroom is red.", "", "Две кошки спят 🐈 on a sofa, aren't they?"],
    ["There are seven purple keys in the picture, and none of them hangs on the wall. " * 60],
]


def exported_way(model: EmbeddingModel, texts: int) -> Way | None:
    """The model in ONNX Runtime; None where it cannot be had, and then nothing is wrong.

    It takes onnxruntime, and for the first time also onnx and onnxscript; a model that is an encoder, mean pooling and
    at most a normalisation; a tokenizer in one file; and vectors that agree with sentence-transformers' own.

    Args:
        model: The model.
        texts: How many are to be embedded: for fewer than :data:`WORTH_IT` no export is made.
    """
    if importlib.util.find_spec("onnxruntime") is None or not (model.folder / "tokenizer.json").is_file():
        return None
    graph = exports() / f"{model.mark}.onnx"
    if graph.is_file():
        try:
            return _session(graph, model.folder)
        except Exception:  # noqa: BLE001 - a damaged file, of which onnxruntime says so in many ways: made again
            graph.unlink(missing_ok=True)
    return _session(graph, model.folder) if texts >= WORTH_IT and _exported(model, graph) else None


def exports() -> Path:
    """The folder that holds exported models: this user's cache."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "leadproof" / "onnx"


def _exported(model: EmbeddingModel, graph: Path) -> bool:
    if any(importlib.util.find_spec(needed) is None for needed in ("onnx", "onnxscript")):
        return False
    loaded = load(model)
    if not _plain(loaded):
        return False
    draft = graph.with_name(f".{graph.name}.{os.getpid()}.part")
    try:
        graph.parent.mkdir(parents=True, exist_ok=True)
        _export(loaded, draft)
        way = _session(draft, model.folder)
        for texts in _TRIED:
            theirs = loaded.encode(texts, show_progress_bar=False, normalize_embeddings=True)
            if not bool((np.einsum("ij,ij->i", theirs, way(texts)) > AGREE).all()):
                return False
        draft.replace(graph)
    except Exception:  # noqa: BLE001 - no room, or a model that cannot be exported: the other way gives the same
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def _plain(loaded: Any) -> bool:
    """Whether a model is an encoder, mean pooling and at most a normalisation, and puts no prompt before a text."""
    kinds = [type(module).__name__ for module in loaded]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return False
    return loaded[1].get_config_dict().get("pooling_mode") == "mean" and not loaded.default_prompt_name


def _export(loaded: Any, to: Path) -> None:
    import torch

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        """Token ids and mask, (n, tokens) int64 each, to (n, dim) float32 of length 1."""

        def __init__(self, encoder: Any) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weight = attention_mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    encoder = loaded[0].auto_model
    encoder.set_attn_implementation("eager")
    ids, mask = torch.ones((2, 5), dtype=torch.int64), torch.ones((2, 5), dtype=torch.int64)
    mask[0, 3:] = 0
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    noisy = logging.getLogger("torch.onnx")
    before = noisy.level
    noisy.setLevel(logging.ERROR)  # it tells of every library that it could also export for
    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Pooled(encoder).eval(),
                (ids, mask),  # two tensors: of one, both inputs would become one
                str(to),
                input_names=["input_ids", "attention_mask"],
                output_names=["vectors"],
                dynamic_shapes={"input_ids": free, "attention_mask": free},
                dynamo=True,
                external_data=False,
                verbose=False,
            )
    finally:
        noisy.setLevel(before)


def _session(graph: Path, folder: Path) -> Way:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    if longest := _longest(folder):
        tokenizer.enable_truncation(longest)

    def encode(texts: list[str]) -> NDArray[np.float32]:
        rows = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
        ids = np.zeros((len(rows), max(1, *map(len, rows))), np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)], mask[place, : len(row)] = row, 1
        (found,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(found, dtype=np.float32)

    return encode


def _longest(folder: Path) -> int | None:
    """The tokens that the model reads at most, as sentence-transformers notes it."""
    try:
        found = json.loads((folder / "sentence_bert_config.json").read_bytes()).get("max_seq_length")
    except (OSError, ValueError, AttributeError):
        return None
    return found if isinstance(found, int) and found > 0 else None
