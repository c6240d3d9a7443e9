"""Loading a model: its weights, its processor, and what has to be known of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers

from mllm.failure import Rejected
from mllm.local.control import control_tokens
from schemas.text import plain

SEE_TO_IT = "See to the model and run it again: what was received is kept."
_TRUST = "It brings code of its own: read that, and pass --trust-remote-code if it may run here."
_INSTALL = "Install that library (`pip install torchvision` for most that name one) and run it again."
NO_LIMIT = 1_000_000  # tokens of context, where a model names no limit


@dataclass(frozen=True)
class Loaded:
    """A model that can be asked; ``ends`` are the tokens that end a reply, ``context`` is in tokens."""

    processor: Any
    model: Any
    ends: frozenset[int]
    control: list[str]
    context: int


def load(folder: Path, *, trust_remote_code: bool) -> Loaded:
    """Load a model: float32 on a CPU, bfloat16 on GPUs, spread over all of them where one is too small.

    Raises:
        Rejected: It cannot be loaded, or its weights are not those of its configuration.
    """
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    gpu = torch.cuda.is_available()
    where = {"trust_remote_code": trust_remote_code, "local_files_only": not trust_remote_code}
    try:
        processor: Any = transformers.AutoProcessor.from_pretrained(folder, **where)
        if not getattr(processor, "chat_template", None):
            raise ValueError("its processor has no chat template; put one beside it as chat_template.jinja")
        model, found = transformers.AutoModelForImageTextToText.from_pretrained(
            folder,
            use_safetensors=True,
            dtype=torch.bfloat16 if gpu else torch.float32,
            device_map="auto" if gpu else None,
            output_loading_info=True,
            **where,
        )
        if found["missing_keys"]:  # these would be random numbers, and be so without a word
            missing = sorted(found["missing_keys"])
            raise ValueError(f"the weights lack {missing[0]} and {len(missing) - 1} more")
        ends = _set_ends(model, processor.tokenizer)
        context = getattr(model.config.get_text_config(), "max_position_embeddings", None) or NO_LIMIT
        return Loaded(processor, model, ends, control_tokens(processor), context)
    except Exception as error:  # a model's parts fail in their own ways
        raise Rejected(f"{folder}: the model cannot be loaded: {first_line(error)}", fix=_fix(error)) from error


def first_line(error: Exception) -> str:
    """An exception in one line."""
    line = next(filter(None, map(str.strip, str(error).splitlines())), "")
    return plain(f"{type(error).__name__}: {line}", limit=400)


def _fix(error: Exception) -> str:
    if isinstance(error, ImportError):  # many processors of images and video, Qwen-VL's for one, need torchvision
        return _INSTALL
    return _TRUST if "trust_remote_code" in str(error) else SEE_TO_IT


def _set_ends(model: Any, tokenizer: Any) -> frozenset[int]:
    """The tokens that end a reply. What else the weights bring for drawing (top-p, penalties) is left out."""
    theirs = model.generation_config
    ends = theirs.eos_token_id if theirs.eos_token_id is not None else tokenizer.eos_token_id
    ends = [] if ends is None else [ends] if isinstance(ends, int) else list(ends)
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token or tokenizer.convert_ids_to_tokens(0)
    model.generation_config = transformers.GenerationConfig(
        eos_token_id=ends or None,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=theirs.bos_token_id,
        decoder_start_token_id=theirs.decoder_start_token_id,
    )
    return frozenset(ends)
