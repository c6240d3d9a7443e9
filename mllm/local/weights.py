"""Where a model's weights are: a folder, or an id on the Hugging Face Hub that is fetched into its cache."""

import json
from pathlib import Path
from typing import NamedTuple

from mllm.local.mark import content_mark
from schemas.errors import BadConfig, UnreadableFile
from schemas.text import plain

FETCHED = ["*.safetensors", "*.json", "*.jinja", "*.txt", "*.model"]
NOT_FETCHED = ["consolidated*", "original/*", "onnx/*"]  # second copies of the weights, in other layouts
PICKLED = (".bin", ".pt", ".pth", ".ckpt")


class Weights(NamedTuple):
    """A model's folder, how people call it, and what tells its content from any other."""

    folder: Path
    name: str
    endpoint: str


def find_weights(model: str, *, code_too: bool = False) -> Weights:
    """The weights that a path or an id (``owner/name``, ``owner/name@revision``) stands for.

    Args:
        model: As the user gave it; a folder of that name comes first.
        code_too: Whether a model's own code is fetched as well.

    Raises:
        BadConfig: There is no such folder, and no such model on the Hub that can be had.
        UnreadableFile: What is there is no model in safetensors.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        check_folder(folder)
        return Weights(folder, folder.resolve().name, f"transformers:{content_mark(folder)}")
    if folder.exists() or model.startswith((".", "/", "~")) or model.count("/") > 1:
        raise BadConfig("there is no such folder", where=f"--model {model}", fix="Name a model's folder or its id.")
    folder = _fetched(model, code_too=code_too)
    check_folder(folder)
    return Weights(folder, model, f"transformers:{model.partition('@')[0]}@{folder.name}")


def check_folder(folder: Path) -> None:
    """See that a folder holds a whole model whose weights can be read without running anything.

    Raises:
        UnreadableFile: It does not.
    """
    where = str(folder)
    if (folder / "adapter_config.json").is_file():  # its model would be taken from wherever it says
        fix = "Merge it into its model, save that, and name the folder."
        raise UnreadableFile("an adapter, not a whole model", where=where, fix=fix)
    if not (folder / "config.json").is_file():
        raise UnreadableFile("no model: there is no config.json", where=where, fix="Name a model's folder.")
    if not any(folder.glob("*.safetensors")):
        pickled = sorted(path.name for path in folder.iterdir() if path.suffix in PICKLED)
        if pickled:
            raise UnreadableFile(
                f"its weights are pickled ({pickled[0]}), which can run any code when read; only safetensors are",
                where=where,
                fix="Take a copy in safetensors, or convert it where you trust it.",
            )
        raise UnreadableFile("it holds no weights in safetensors", where=where, fix="Copy or download it again.")
    missing = [name for name in _parts(folder) if not (folder / name).is_file()]
    if missing:
        raise UnreadableFile(f"{missing[0]} is missing", where=where, fix="Copy or download it again.")


def _parts(folder: Path) -> list[str]:
    """The files over which the weights are spread."""
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return []
    try:
        return sorted({str(name) for name in json.loads(index.read_bytes())["weight_map"].values()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(f"cannot be read ({error})", where=str(index), fix="Copy or download it again.") from error


def _fetched(model: str, *, code_too: bool) -> Path:
    """The folder of an id in the Hub's cache, fetched where it is not whole; named for its commit."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    name, _, revision = model.partition("@")
    wanted = [*FETCHED, "*.py"] if code_too else FETCHED
    try:
        found = snapshot_download(name, revision=revision or None, allow_patterns=wanted, ignore_patterns=NOT_FETCHED)
    except (HfHubHTTPError, OSError, ValueError) as error:
        first = next(filter(None, map(str.strip, str(error).splitlines())), type(error).__name__)
        raise BadConfig(
            f"no such folder, and it cannot be had from the Hugging Face Hub ({plain(first, limit=300)})",
            where=f"--model {model}",
            fix="Check the name and the network; for a gated model accept its terms and set HF_TOKEN.",
        ) from error
    return Path(found)
