"""What a local model takes to answer a request: parameters, tokens, arithmetic, time and memory."""

import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal, NamedTuple

import torch
from transformers import StoppingCriteria

from mllm.failure import Lost
from mllm.local.loading import Loaded
from mllm.local.parts import image_token
from mllm.local.prompt import Prompt
from mllm.local.put import Put, put
from mllm.local.read import read
from mllm.reply import Reply, Usage

REPEATS = 3  # timed runs, after one that is not
PATIENCE = 20.0  # seconds; a model that takes longer for a run is timed once
WRITTEN = 33  # tokens of a timed reply: the first, and 32 by which the speed is measured


@dataclass(frozen=True, slots=True)
class Efficiency:
    """What a request takes; a figure that cannot be had is None.

    Attributes:
        parameters: Of the whole model, each counted once, the projector among them.
        parameters_vision: Of the image encoder.
        parameters_language: Of the language model, with its output layer.
        image_resolution: Pixels a side of an image (or tile) as the encoder sees it; None where it is not square.
        vision_tokens: Places that an image takes in the prompt, mean over the request's images.
        prompt_tokens: Places that the whole prompt takes.
        prefill_flops: Floating-point operations (a multiplication and an addition are two) to read the prompt, by
            torch's counter: matrix products and convolutions, attention as if no half of it were masked.
        time_to_first_token_s: Seconds from decoded images and turns to the first token; median.
        tokens_per_s: Tokens of one reply a second after the first, at batch size 1; median.
        peak_memory_bytes: The most that was held while the reply was written.
        memory: What of: ``cuda-allocated`` (by torch, over all GPUs, weights included) or ``process-resident`` (the
            whole process, libraries included; where the system cannot start over, since the process began).
        dtype: Of the weights.
        device: That the model is on.
        repeats: Timed runs.
    """

    parameters: int
    parameters_vision: int | None
    parameters_language: int | None
    image_resolution: int | None
    vision_tokens: float | None
    prompt_tokens: int
    prefill_flops: int | None
    time_to_first_token_s: float
    tokens_per_s: float | None
    peak_memory_bytes: int
    memory: Literal["cuda-allocated", "process-resident"]
    dtype: str
    device: str
    repeats: int


class Timed(NamedTuple):
    """A run: seconds to the first token, and seconds a token after it (None where there was but one)."""

    first: float
    each: float | None


def efficiencies(loaded: Loaded, batch: Sequence[Prompt], said: Put, stop: threading.Event) -> list[Reply]:
    """The replies to prompts that probe for efficiency, one after the other.

    Raises:
        Lost: The model was closed meanwhile.
    """
    found = []
    for prompt in batch:
        measured = efficiency(loaded, prompt, stop)
        found.append(Reply(json.dumps(asdict(measured)), Usage(measured.prompt_tokens, 0)))
    return found


def efficiency(loaded: Loaded, prompt: Prompt, stop: threading.Event) -> Efficiency:
    """What a prompt and a reply to it take.

    Raises:
        Lost: The model was closed meanwhile.
    """
    model = loaded.model
    inputs = put(loaded, [prompt]).inputs
    ids, image = inputs["input_ids"], image_token(loaded)
    images = len(prompt.images)
    vision, language = model.get_encoder(modality="image"), model.get_decoder()
    began = time.perf_counter()
    timed(loaded, prompt, stop)
    repeats = 1 if time.perf_counter() - began > PATIENCE else REPEATS
    clear_peak()
    runs = [timed(loaded, prompt, stop) for _ in range(repeats)]
    memory = peak_memory()
    each = [run.each for run in runs if run.each]
    return Efficiency(
        parameters=_count(model),
        parameters_vision=None if vision is model else _count(vision),
        parameters_language=None if language is model else _count(language, model.get_output_embeddings()),
        image_resolution=_resolution(model, inputs),
        vision_tokens=int((ids == image).sum()) / images if images and image is not None else None,
        prompt_tokens=ids.shape[1],
        prefill_flops=prefill_flops(model, inputs),
        time_to_first_token_s=median(run.first for run in runs),
        tokens_per_s=1 / median(each) if each else None,
        peak_memory_bytes=memory,
        memory="cuda-allocated" if torch.cuda.is_available() else "process-resident",
        dtype=str(model.dtype).removeprefix("torch."),
        device=_device(model),
        repeats=repeats,
    )


def timed(loaded: Loaded, prompt: Prompt, stop: threading.Event) -> Timed:
    """Write a reply of a set length, whatever it says, and take the time.

    Raises:
        Lost: The model was closed meanwhile.
    """
    began = _now()
    inputs = put(loaded, [prompt]).inputs
    clock = _Clock(stop)
    tokens = min(WRITTEN, loaded.context - inputs["input_ids"].shape[1])
    with torch.inference_mode():
        loaded.model.generate(
            **inputs, max_new_tokens=tokens, min_new_tokens=tokens, do_sample=False, stopping_criteria=[clock]
        )
    if stop.is_set():
        raise Lost("the model was closed")
    first, *rest = clock.times
    return Timed(first - began, (rest[-1] - first) / len(rest) if rest else None)


def prefill_flops(model: Any, inputs: Any) -> int | None:
    """Floating-point operations to read a prompt; None where there is no memory for counting.

    With plain attention, since the counter does not know the quick kernels of every device.
    """
    from torch.utils.flop_counter import FlopCounterMode

    try:
        with _plain_attention(model), torch.no_grad(), FlopCounterMode(display=False) as counter:
            read(model, inputs)
    except torch.OutOfMemoryError:
        return None
    found: int = counter.get_total_flops()
    return found


def clear_peak() -> None:
    """Start over with the most memory that is held, as far as the system lets us."""
    if torch.cuda.is_available():
        for device in range(torch.cuda.device_count()):
            torch.cuda.reset_peak_memory_stats(device)
    elif sys.platform == "linux":
        try:
            Path("/proc/self/clear_refs").write_text("5")  # resets VmHWM: Linux's proc(5)
        except OSError:  # then it counts from the process's beginning
            return


def peak_memory() -> int:
    """The most memory held since :func:`clear_peak`, in bytes."""
    if torch.cuda.is_available():
        return sum(torch.cuda.max_memory_allocated(device) for device in range(torch.cuda.device_count()))
    if sys.platform == "linux":
        lines = Path("/proc/self/status").read_text().splitlines()
        for line in lines:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource  # not on every system

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


class _Clock(StoppingCriteria):  # type: ignore[misc]
    """Notes when each token was there."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self.times: list[float] = []

    def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
        """Which rows have ended: (rows,) bool; all of them once the model is closed."""
        self.times.append(_now())
        return torch.full((input_ids.shape[0],), self._stop.is_set(), device=input_ids.device)


@contextmanager
def _plain_attention(model: Any) -> Iterator[None]:
    """The model with attention as plain matrix products."""
    subs = {key: getattr(model.config, key) for key in model.config.sub_configs}
    usual = {key: sub._attn_implementation for key, sub in subs.items() if sub is not None}
    usual[""] = model.config._attn_implementation
    model.set_attn_implementation("eager")
    try:
        yield
    finally:
        model.set_attn_implementation(usual)


def _now() -> float:
    """Seconds, when all that was asked of a GPU is done."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter()


def _count(*modules: Any) -> int:
    """Parameters of modules, each once."""
    held = [one for module in modules if module is not None for one in module.parameters()]
    return sum({id(one): one.numel() for one in held}.values())


def _resolution(model: Any, inputs: Any) -> int | None:
    """Pixels a side as the encoder sees an image, or its tiles; None where it is not square or not known."""
    pixels, sizes = inputs.get("pixel_values"), inputs.get("image_grid_thw")
    if sizes is not None:
        patch = getattr(getattr(model.config, "vision_config", None), "patch_size", None)
        sides = {side * patch for side in sizes[0, 1:].tolist()} if isinstance(patch, int) else set()
    else:
        sides = set(pixels.shape[-2:]) if pixels is not None and pixels.ndim >= 4 else set()
    return int(sides.pop()) if len(sides) == 1 else None


def _device(model: Any) -> str:
    if model.device.type == "cuda":
        return f"cuda: {torch.cuda.get_device_name(model.device)}"
    return f"{model.device.type}, {torch.get_num_threads()} threads"
