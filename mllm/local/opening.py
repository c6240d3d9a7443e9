"""Opening the ``transformers`` backend."""

from importlib.util import find_spec

from mllm.backends import Memory, Wanted
from mllm.local.backend import TransformersModel
from mllm.local.weights import find_weights
from mllm.model import Model
from schemas.errors import BadConfig, MissingExtra


def open_transformers(wanted: Wanted, memory: Memory) -> Model:
    """A model whose weights are on this machine, or are fetched now; they are loaded when the first request comes.

    Raises:
        BadConfig: No model is named, or there is none of that name.
        MissingExtra: The extra ``local`` is not installed.
        UnreadableFile: The folder holds no model in safetensors.
    """
    if not wanted.model:
        fix = "Pass --model with a folder or an id on the Hugging Face Hub."
        raise BadConfig("no model is named", where="--backend transformers", fix=fix)
    for package in ("torch", "transformers", "accelerate"):
        if find_spec(package) is None:
            raise MissingExtra(package, "local")
    weights = find_weights(wanted.model, code_too=wanted.trust_remote_code)
    return TransformersModel(weights, batch_size=wanted.batch_size, trust_remote_code=wanted.trust_remote_code)
