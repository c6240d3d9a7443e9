"""What a request takes: counts held against the weights and a sum by hand, time and memory against known loads."""

import json
import threading
import time
from functools import wraps
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mllm import Outcome, Probe
from mllm.local.efficiency import Efficiency, clear_peak, peak_memory, timed
from mllm.local.loading import load
from mllm.local.prompt import Prompt
from tests.mllm.local.conftest import Ask, Say
from tests.mllm.local.tiny import CONTEXT, IMAGE_TOKENS

pytestmark = pytest.mark.xdist_group("local")

TAKES = Probe(efficiency=True)
WIDTH, INNER, LAYERS, KEYS, VOCABULARY = 32, 64, 2, 16, 262  # of the tiny language model
EYE_INNER, EYE_TOKENS, EYE_LAYERS, PIXELS = 32, 5, 2, 3 * 8 * 8  # of its encoder: four patches and a class token


def measured(outcome: Outcome) -> Efficiency:
    assert outcome.status == "ok", outcome.detail
    return Efficiency(**json.loads(outcome.text))


def flops_by_hand(prompt: int, images: int) -> int:
    """Two for each weight of each matrix and each token, and four for each pair of tokens and each of their numbers."""
    eye = EYE_TOKENS * EYE_LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * EYE_INNER) + IMAGE_TOKENS * PIXELS * WIDTH
    eye += 2 * EYE_LAYERS * EYE_TOKENS**2 * WIDTH
    projector = IMAGE_TOKENS * 2 * WIDTH * WIDTH
    language = prompt * LAYERS * (2 * WIDTH * WIDTH + 2 * WIDTH * KEYS + 3 * WIDTH * INNER)
    language += 2 * LAYERS * prompt**2 * WIDTH
    return 2 * (images * (eye + projector) + language + WIDTH * VOCABULARY)


@pytest.mark.parametrize("images", [0, 1, 2])
def test_counts_are_those_of_the_weights_and_of_a_sum_by_hand(tiny: Path, ask: Ask, say: Say, images: int) -> None:
    from safetensors.torch import load_file

    weights = {name: one.numel() for name, one in load_file(tiny / "model.safetensors").items()}
    [outcome], tally = ask("transformers", tiny, say("Who is it?", images, probe=TAKES))
    found = measured(outcome)
    prompt = images * IMAGE_TOKENS + len("Who is it?") + 3
    assert found.parameters == sum(weights.values())
    assert found.parameters_vision is not None
    assert found.parameters_vision == sum(size for name, size in weights.items() if "vision" in name)
    assert found.parameters_language is not None
    assert found.parameters_language == sum(
        size for name, size in weights.items() if "language_model" in name or "lm_head" in name
    )
    assert found.parameters == found.parameters_vision + found.parameters_language + 2 * (WIDTH * WIDTH + WIDTH)
    assert (found.image_resolution, found.vision_tokens) == ((16, IMAGE_TOKENS) if images else (None, None))
    assert found.prompt_tokens == tally.prompt_tokens == prompt
    assert found.prefill_flops == flops_by_hand(prompt, images)
    assert (found.dtype, found.memory, found.repeats) == ("float32", "process-resident", 3)
    assert found.device.startswith("cpu")
    assert found.time_to_first_token_s > 0
    assert found.tokens_per_s is not None
    assert found.tokens_per_s > 1


def test_times_are_those_of_the_first_token_and_of_the_others(
    tiny: Path, ask: Ask, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import LlavaForConditionalGeneration

    forward = LlavaForConditionalGeneration.forward

    @wraps(forward)
    def slow(model: LlavaForConditionalGeneration, input_ids: Any, *given: Any, **more: Any) -> Any:
        time.sleep(0.1 if input_ids.shape[1] > 1 else 0.005)
        return forward(model, input_ids, *given, **more)

    monkeypatch.setattr(LlavaForConditionalGeneration, "forward", slow)
    [outcome], _ = ask("transformers", tiny, say("Who is it?", probe=TAKES))
    found = measured(outcome)
    assert found.tokens_per_s is not None
    assert found.time_to_first_token_s > 0.1
    assert 10 < found.tokens_per_s < 200  # the long first one is not among them


def test_a_reply_is_timed_beyond_its_end_token_and_within_the_context(tiny: Path) -> None:
    loaded = load(tiny, trust_remote_code=False)
    loaded.model.generation_config.eos_token_id = list(range(1, 262))  # all but one of its tokens
    for text, each in (("Who?", True), ("x" * (CONTEXT - 4), False)):
        turns = [{"role": "user", "content": [{"type": "text", "text": text}]}]
        found = timed(loaded, Prompt(turns, [], 8, 0.0, 0, TAKES), threading.Event())
        assert (found.each is not None) == each


def test_peak_memory_is_what_was_held_since_it_was_cleared() -> None:
    clear_peak()
    before = peak_memory()
    held = np.ones(25_000_000)  # 200 MB
    assert held.sum() > 0
    del held
    assert 190e6 < peak_memory() - before < 300e6
    clear_peak()
    assert peak_memory() - before < 100e6


def test_equal_requests_are_measured_once(tiny: Path, ask: Ask, say: Say) -> None:
    one = say("Who?", probe=TAKES)
    [first], _ = ask("transformers", tiny, one)
    [again], tally = ask("transformers", tiny, one, again=True)
    assert (again.text, tally.asked) == (first.text, 0)
