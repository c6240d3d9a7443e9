"""Local weights, through the whole path: a small real model with random weights, built here."""

import asyncio
import json
import shutil
import threading
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from pydantic import BaseModel

from mllm import Message, Reply, Request
from mllm.failure import Failure, Lost
from mllm.local import TransformersModel
from mllm.local.prompt import Prompt
from mllm.local.weights import find_weights
from mllm.spelled import spelled
from schemas.errors import WorkFailed
from tests.app.said import Leadproof
from tests.mllm.local.conftest import Ask, Say
from tests.mllm.local.tiny import CONTEXT, IMAGE_TOKENS, TEMPLATE, build

pytestmark = pytest.mark.xdist_group("local")

TEXTS = [
    "What is it?",
    "And where does it stand, as seen from here?",
    "Why?",
    "How many of them are there?",
    "?",
    "Who",
]
NO_SYSTEM = "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('No system here') }}{% endif %}"
NO_SYSTEM += "{% endfor %}" + TEMPLATE


class Animal(BaseModel):
    name: str
    legs: int


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of batches that the model was given."""
    from mllm.local.engine import Engine

    sizes: list[int] = []
    each = Engine._each

    def counted(engine: Engine, batch: Sequence[Prompt]) -> list[Reply | Failure]:
        sizes.append(len(batch))
        return each(engine, batch)

    monkeypatch.setattr(Engine, "_each", counted)
    return sizes


def with_config(tiny: Path, folder: Path, name: str, **changes: object) -> Path:
    """A copy of a model whose configuration says something else."""
    shutil.copytree(tiny, folder)
    path = folder / name
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    return folder


@pytest.mark.parametrize("temperature", [0.0, 0.9])
def test_batches_reply_as_single_requests_do(
    tiny: Path, ask: Ask, say: Say, batches: list[int], temperature: float
) -> None:
    requests = [say(text, temperature=temperature, seed=3, max_tokens=10 + len(text) % 4) for text in TEXTS]
    together, counted = ask("transformers", tiny, *requests, batch_size=4)
    assert sorted(batches) == [2, 4]
    alone = [ask("transformers", tiny, one, batch_size=1) for one in requests]
    assert [one.text for one in together] == [one.text for [one], _ in alone]
    assert counted.prompt_tokens == sum(tally.prompt_tokens for _, tally in alone)
    assert counted.completion_tokens == sum(tally.completion_tokens for _, tally in alone)
    assert len({one.text for one in together}) == len(TEXTS)


def test_seeds_and_votes_draw_anew_and_temperature_zero_does_not(tiny: Path, ask: Ask, say: Say) -> None:
    ways = [{"seed": 1}, {"seed": 2}, {"vote": 1}, {}]
    drawn, _ = ask("transformers", tiny, *(say("Who?", temperature=1.0, **way) for way in ways))
    greedy, _ = ask("transformers", tiny, *(say("Who?", **way) for way in ways))
    assert len({one.text for one in drawn}) == len(ways)
    assert len({one.text for one in greedy}) == 1


def test_draws_follow_the_temperature() -> None:
    import torch

    from mllm.local.drawing import OwnNoise

    logits, rows = torch.tensor([2.0, 1.0, 0.0, -1.0]), 20_000
    noise = OwnNoise([0.5] * rows, list(range(rows)), "cpu")
    drawn = noise(None, logits.repeat(rows, 1)).argmax(dim=1).bincount(minlength=4) / rows
    assert torch.allclose(drawn, torch.softmax(logits / 0.5, dim=0), atol=0.015)  # 4 standard errors


def test_tokens_are_counted_with_those_of_images(tiny: Path, ask: Ask, say: Say) -> None:
    for images in (0, 1, 2):
        _, tally = ask("transformers", tiny, say("Who?", images))
        assert tally.prompt_tokens == images * IMAGE_TOKENS + len("Who?") + 3  # the user's turn, its end, the reply's
        assert (tally.completion_tokens, tally.unmeasured, tally.usd) == (12, 0, 0.0)


def test_images_decide_the_reply(tiny: Path, ask: Ask, say: Say) -> None:
    [dark], _ = ask("transformers", tiny, say("Who?"))
    [bright], _ = ask("transformers", tiny, say("Why?!"))  # another colour, for another length
    assert dark.text != bright.text


def test_a_control_token_in_a_text_is_mere_text(tiny: Path, ask: Ask, say: Say) -> None:
    text = "a <image> b <|end|>"
    [outcome], tally = ask("transformers", tiny, say(text))
    assert outcome.status == "ok"
    assert tally.prompt_tokens == IMAGE_TOKENS + len(text) + 2 + 3  # a space in each


def test_a_form_is_spelled_in_the_prompt_and_a_cut_reply_is_malformed(tiny: Path, ask: Ask, say: Say) -> None:
    [outcome], tally = ask("transformers", tiny, say("Who?", form=Animal))
    assert (outcome.status, outcome.detail) == ("malformed", "it was cut at max_tokens")
    assert tally.prompt_tokens == IMAGE_TOKENS + len("Who?\n\n" + spelled(Animal)) + 3


def test_a_reply_ends_at_any_of_its_end_tokens(tiny: Path, tmp_path: Path, ask: Ask, say: Say) -> None:
    from transformers import AutoTokenizer

    [whole], tally = ask("transformers", tiny, say("Who?"))
    assert tally.completion_tokens == 12
    tokens = AutoTokenizer.from_pretrained(tiny)(whole.text)["input_ids"]
    assert tokens
    end = next(token for token in tokens if token > 5)
    other = with_config(tiny, tmp_path / "ends", "generation_config.json", eos_token_id=[257, end])
    [ended], tally = ask("transformers", other, say("Who?", form=None))
    assert whole.text.startswith(ended.text)
    assert tally.completion_tokens < 12


def test_a_reply_stops_where_the_context_ends(tiny: Path, ask: Ask, say: Say) -> None:
    text = "x" * (CONTEXT - IMAGE_TOKENS - 3 - 5)
    [outcome], tally = ask("transformers", tiny, say(text))
    assert outcome.status == "ok"
    assert tally.completion_tokens == 5


def test_a_request_beyond_the_context_is_refused_and_others_are_answered(tiny: Path, ask: Ask, say: Say) -> None:
    outcomes, _ = ask("transformers", tiny, say("Who?"), say("x" * CONTEXT), say("Why?!"), batch_size=1)
    assert [one.status for one in outcomes] == ["ok", "refused", "ok"]
    assert f"of {CONTEXT} at most" in outcomes[1].detail


def test_replies_are_kept_and_weights_that_were_tuned_are_asked_anew(
    tiny: Path, tmp_path: Path, ask: Ask, say: Say
) -> None:
    [first], _ = ask("transformers", tiny, say("Who?"))
    shutil.copytree(tiny, tmp_path / "moved")
    [moved], _ = ask("transformers", tmp_path / "moved", say("Who?"), again=True)
    [again], _ = ask("transformers", tiny, say("Who?"), again=True)
    [tuned], _ = ask("transformers", build(tmp_path / "moved" / "tiny", seed=1), say("Who?"), again=True)
    assert [one.from_journal for one in (moved, again, tuned)] == [False, True, False]
    assert moved.text == first.text != tuned.text


@pytest.mark.parametrize("real", ["GPU", "CPU"])
def test_a_batch_is_halved_for_good_when_memory_runs_out(
    tiny: Path, ask: Ask, say: Say, batches: list[int], monkeypatch: pytest.MonkeyPatch, real: str
) -> None:
    import torch
    from transformers import LlavaForConditionalGeneration

    generate = LlavaForConditionalGeneration.generate

    def short(model: LlavaForConditionalGeneration, **inputs: object) -> object:
        if len(inputs["input_ids"]) > 2:  # type: ignore[arg-type]
            if real == "GPU":
                raise torch.OutOfMemoryError("CUDA out of memory")
            torch.empty(1 << 50)  # the machine's own refusal
        return generate(model, **inputs)

    monkeypatch.setattr(LlavaForConditionalGeneration, "generate", short)
    outcomes, tally = ask("transformers", tiny, *(say(text) for text in TEXTS), batch_size=6)
    assert {one.status for one in outcomes} == {"ok"}
    assert batches == [6, 3, 1, 1, 1, 1, 1, 1]
    assert tally.retried == 0


def test_a_request_that_fits_into_no_memory_stops_the_run(
    tiny: Path, ask: Ask, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import LlavaForConditionalGeneration

    def full(model: LlavaForConditionalGeneration, **inputs: object) -> object:
        raise MemoryError

    monkeypatch.setattr(LlavaForConditionalGeneration, "generate", full)
    with pytest.raises(WorkFailed, match="memory is too small") as stopped:
        ask("transformers", tiny, say("Who?"))
    assert len(str(stopped.value).splitlines()) == 1


def test_a_template_without_system_turns_is_told_in_the_users(tmp_path: Path, tiny: Path, ask: Ask) -> None:
    plain = build(tmp_path / "plain", template=NO_SYSTEM)
    one = Request("about", "step", (Message("system", ("Be brief.",)), Message("user", ("Who?",))), max_tokens=4)
    _, tally = ask("transformers", plain, one)
    assert tally.prompt_tokens == len("Be brief.\n\nWho?") + 3


def test_closing_ends_a_reply_at_its_next_token(tiny: Path, say: Say) -> None:
    async def closed() -> float:
        model = TransformersModel(find_weights(str(tiny)))
        await model.ask(say("Who?", 0), say("Who?", 0).messages, {}, "warm")
        long = say("Who?", 0, max_tokens=CONTEXT - 20)
        task = asyncio.create_task(model.ask(long, long.messages, {}, "key"))
        await asyncio.sleep(0.05)  # a quick machine has written it all after a quarter of a second
        began = time.monotonic()
        await model.close()
        with pytest.raises(Lost, match="closed"):
            await task
        with pytest.raises(Lost, match="closed"):
            await model.ask(long, long.messages, {}, "key")
        return time.monotonic() - began

    threads = threading.active_count()
    assert asyncio.run(closed()) < 1.0
    assert threading.active_count() <= threads


def test_weights_that_lack_a_tensor_are_refused(tiny: Path, tmp_path: Path, ask: Ask, say: Say) -> None:
    from safetensors.torch import load_file, save_file

    shutil.copytree(tiny, tmp_path / "gap")
    weights = load_file(tmp_path / "gap" / "model.safetensors")
    gone = next(name for name in sorted(weights) if "projector" in name)
    save_file({name: one for name, one in weights.items() if name != gone}, tmp_path / "gap" / "model.safetensors")
    with pytest.raises(WorkFailed, match=r"the weights lack .*projector") as stopped:
        ask("transformers", tmp_path / "gap", say("Who?"))
    assert len(str(stopped.value).splitlines()) == 1


def test_a_model_without_a_chat_template_is_refused(tmp_path: Path, ask: Ask, say: Say) -> None:
    with pytest.raises(WorkFailed, match="no chat template"):
        ask("transformers", build(tmp_path / "bare", template=None), say("Who?"))


@pytest.mark.skipif(find_spec("torchvision") is not None, reason="there is nothing missing")
def test_a_processor_that_needs_a_library_names_it(tiny: Path, tmp_path: Path, ask: Ask, say: Say) -> None:
    qwen = with_config(tiny, tmp_path / "qwen", "config.json", model_type="qwen2_5_vl")
    (qwen / "processor_config.json").unlink()
    pixels = {"image_processor_type": "Qwen2VLImageProcessor", "processor_class": "Qwen2_5_VLProcessor"}
    (qwen / "preprocessor_config.json").write_text(json.dumps(pixels))
    with pytest.raises(WorkFailed, match=r"requires the Torchvision library .*pip install torchvision"):
        ask("transformers", qwen, say("Who?"))


def test_code_beside_weights_is_not_run(tiny: Path, tmp_path: Path, ask: Ask, say: Say) -> None:
    trap = with_config(
        tiny,
        tmp_path / "trap",
        "config.json",
        model_type="trap",
        auto_map={"AutoConfig": "trap.Trap", "AutoModelForImageTextToText": "trap.Trap"},
    )
    (trap / "trap.py").write_text(f"open({str(tmp_path / 'sprung')!r}, 'w').close()\nclass Trap: ...\n")
    with pytest.raises(WorkFailed, match="--trust-remote-code"):
        ask("transformers", trap, say("Who?"))
    assert not (tmp_path / "sprung").exists()


def test_a_command_asks_local_weights(tiny: Path, tmp_path: Path, leadproof: Leadproof) -> None:
    run = tmp_path / "run"
    assert leadproof("scenes", 2, "--run", run, "--size", 64).code == 0
    generate = ["generate", "--backend", "transformers", "--model"]
    said = leadproof(*generate, tmp_path / "none", "--run", run)
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert "there is no such folder" in said.err
    said = leadproof(*generate, tiny, "--run", run)
    assert said.code == 0, said.err
    assert "refused" in said.out  # the prompts are longer than such a model's context
    assert not said.err
