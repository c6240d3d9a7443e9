"""Choices by their log-probability, held against a plain loop of forward passes, one token at a time."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mllm import Outcome, Probe, Probing, Request, Ways, open_asker
from mllm.local import TransformersModel
from mllm.local.likelihood import reply_lead
from mllm.local.weights import find_weights
from schemas.errors import WorkFailed
from schemas.run import RunFolder
from tests.mllm.local.conftest import Ask, Say
from tests.mllm.local.tiny import CONTEXT, IMAGE_TOKENS, TEMPLATE, build

pytestmark = pytest.mark.xdist_group("local")

LETTERS = ("A", "B", "C", "D")
TEXTS = ("A dog.", "No", "It is one more of the cats", "é")
SPACED = TEMPLATE.replace("'|>' }}{% for", "'|>' }}{{ ' ' if message['role'] == 'assistant' else '' }}{% for")


def scored(outcome: Outcome) -> dict[str, list[Any]]:
    assert outcome.status == "ok", outcome.detail
    found: dict[str, list[Any]] = json.loads(outcome.text)
    return found


def by_hand(folder: Path, request: Request, choices: Sequence[str]) -> list[float]:
    """Log-probabilities, one forward pass a token and none shared, from processor, model and nothing else."""
    import torch
    from transformers import AutoModelForImageTextToText, AutoProcessor

    processor: Any = AutoProcessor.from_pretrained(folder)
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32)
    [message] = request.messages
    text = "<|user|>" + "".join("<image>" if not isinstance(part, str) else part for part in message.parts)
    images = [Image.open(part.path).convert("RGB") for part in request.images]
    given = processor(text=f"{text}<|end|><|assistant|>", images=images or None, return_tensors="pt")
    found = []
    for choice in choices:
        ids, total = given["input_ids"], 0.0
        for token in processor.tokenizer(choice)["input_ids"]:
            pixels = {"pixel_values": given["pixel_values"]} if images else {}
            with torch.inference_mode():
                logits = model(input_ids=ids, use_cache=False, **pixels).logits[0, -1].double()
            total += float(logits[token] - logits.logsumexp(0))
            ids = torch.cat([ids, torch.tensor([[token]])], dim=1)
        found.append(total)
    return found


@pytest.mark.parametrize("images", [0, 1, 2])
@pytest.mark.parametrize("choices", [LETTERS, TEXTS])
def test_likelihoods_are_those_of_single_forward_passes(
    tiny: Path, ask: Ask, say: Say, images: int, choices: tuple[str, ...]
) -> None:
    one = say("Who is it?", images, probe=Probe(choices=choices))
    [outcome], tally = ask("transformers", tiny, one)
    found = scored(outcome)
    assert found["logprobs"] == pytest.approx(by_hand(tiny, one, choices), abs=1e-4)
    assert found["tokens"] == [len(choice.encode()) for choice in choices]
    assert tally.prompt_tokens == images * IMAGE_TOKENS + len("Who is it?") + 3
    assert len(set(found["logprobs"])) == len(choices)


def test_what_shares_a_batch_does_not_matter(tiny: Path, ask: Ask, say: Say) -> None:
    texts = ["Who?", "And where does it stand, as seen from here?", "?", "Why is that?"]
    probes = [LETTERS, TEXTS, TEXTS[::-1], ("A", "It is one more of the cats")]
    requests = [say(text, probe=Probe(choices=own)) for text, own in zip(texts, probes, strict=True)]
    together, _ = ask("transformers", tiny, *requests, batch_size=4)
    for one, outcome, own in zip(requests, together, probes, strict=True):
        [alone], _ = ask("transformers", tiny, one, batch_size=1)
        assert scored(outcome)["logprobs"] == pytest.approx(scored(alone)["logprobs"], abs=1e-4)
        assert scored(outcome)["logprobs"] == pytest.approx(by_hand(tiny, one, own), abs=1e-4)


def test_the_first_tokens_of_all_choices_add_up_to_one(tiny: Path, ask: Ask, say: Say) -> None:
    from transformers import AutoTokenizer

    plain = [chr(code) for code in range(33, 127)]
    [outcome], _ = ask("transformers", tiny, say("Who?", probe=Probe(choices=tuple(plain))))
    total = sum(map(math.exp, scored(outcome)["logprobs"]))
    assert 0.01 < total < 1.0
    assert len(AutoTokenizer.from_pretrained(tiny)) == 262  # the rest is what the other tokens have


def test_a_prompt_is_read_once_for_all_letters(tiny: Path, ask: Ask, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers import LlavaForConditionalGeneration

    forward, passes = LlavaForConditionalGeneration.forward, []

    def counted(model: LlavaForConditionalGeneration, input_ids: Any, *given: Any, **more: Any) -> Any:
        passes.append(tuple(input_ids.shape))
        return forward(model, input_ids, *given, **more)

    monkeypatch.setattr(LlavaForConditionalGeneration, "forward", counted)
    ask("transformers", tiny, *(say(text, probe=Probe(choices=LETTERS)) for text in ("Who?", "Why?!")))
    assert passes == [(2, IMAGE_TOKENS + len("Why?!") + 3)]
    passes.clear()
    ask("transformers", tiny, *(say(text, probe=Probe(choices=("A", "two", "three"))) for text in ("Who?", "Why?!")))
    assert passes == [(2, IMAGE_TOKENS + len("Why?!") + 3), (2, 2), (2, 4)]


@pytest.mark.parametrize("choice", ["Yes", "no"])
def test_a_reply_begins_as_the_templates_replies_do(tmp_path: Path, ask: Ask, say: Say, choice: str) -> None:
    spaced = build(tmp_path / "spaced", template=SPACED)
    one = say("Who?", probe=Probe(choices=(choice, "other")))
    [outcome], _ = ask("transformers", spaced, one)
    assert scored(outcome)["logprobs"] == pytest.approx(by_hand(spaced, one, [f" {choice}", " other"]), abs=1e-4)


def test_a_template_that_thinks_before_it_replies_has_no_lead(tiny: Path) -> None:
    from transformers import AutoProcessor

    processor: Any = AutoProcessor.from_pretrained(tiny)
    turns = [{"role": "user", "content": [{"type": "text", "text": "Who?"}]}]
    head = "<|user|>Who?<|end|><|assistant|>"
    for before, lead in (("", ""), (" ", " "), ("\\n", "\n"), ("<think></think>", "")):
        spoken = f"'|>' }}}}{{{{ '{before}' if message['role'] == 'assistant' else '' }}}}{{% for"
        processor.chat_template = TEMPLATE.replace("'|>' }}{% for", spoken)
        assert reply_lead(processor, turns, head) == lead


def test_a_choice_that_would_grow_together_with_the_prompt_is_split_off(tmp_path: Path) -> None:
    """A tokenizer with a token for ``QA``, and a template that ends in a Q."""
    from mllm.local.likelihood import choice_tokens
    from mllm.local.loading import load

    grown = build(tmp_path / "grown", template=TEMPLATE.replace("<|assistant|>{%", "<|assistant|>Q{%"))
    data = json.loads((grown / "tokenizer.json").read_text())
    data["model"]["vocab"]["QA"] = len(data["model"]["vocab"]) + 6
    data["model"]["merges"] = [["Q", "A"]]
    (grown / "tokenizer.json").write_text(json.dumps(data))
    loaded = load(grown, trust_remote_code=False)
    assert len(loaded.processor.tokenizer("QA")["input_ids"]) == 1
    turns = [{"role": "user", "content": [{"type": "text", "text": "Who?"}]}]
    [alone, joined] = choice_tokens(loaded, turns, ["A", "B"])
    assert [alone, joined] == loaded.processor.tokenizer(["A", "B"])["input_ids"]


def test_a_control_token_in_a_choice_is_mere_text(tiny: Path, ask: Ask, say: Say) -> None:
    one = say("Who?", probe=Probe(choices=("<|end|>", "B")))
    [outcome], _ = ask("transformers", tiny, one)
    assert scored(outcome)["tokens"] == [len("< |end|>"), 1]
    assert scored(outcome)["logprobs"] == pytest.approx(by_hand(tiny, one, ["< |end|>", "B"]), abs=1e-4)


def test_a_choice_beyond_the_context_is_refused_and_others_are_answered(tiny: Path, ask: Ask, say: Say) -> None:
    long = say("Who?", probe=Probe(choices=("A", "x" * CONTEXT)))
    outcomes, _ = ask("transformers", tiny, long, say("Why?!", probe=Probe(choices=LETTERS)), batch_size=2)
    assert [one.status for one in outcomes] == ["refused", "ok"]
    assert f"of {CONTEXT} at most" in outcomes[0].detail


def test_a_batch_is_halved_when_memory_runs_out(
    tiny: Path, ask: Ask, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from transformers import LlavaForConditionalGeneration

    forward, rows = LlavaForConditionalGeneration.forward, []

    def short(model: LlavaForConditionalGeneration, input_ids: Any, *given: Any, **more: Any) -> Any:
        rows.append(len(input_ids))
        if len(input_ids) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return forward(model, input_ids, *given, **more)

    requests = [say(text, probe=Probe(choices=LETTERS)) for text in ("a", "bc", "def", "ghij", "klmno")]
    usual, _ = ask("transformers", tiny, *requests, batch_size=5)
    monkeypatch.setattr(LlavaForConditionalGeneration, "forward", short)
    outcomes, _ = ask("transformers", tiny, *requests, batch_size=5)
    assert rows == [5, 2, 2, 1]
    for one, before in zip(outcomes, usual, strict=True):
        assert scored(one)["logprobs"] == pytest.approx(scored(before)["logprobs"], abs=1e-4)


def test_measurements_are_kept_apart_from_replies(tiny: Path, ask: Ask, say: Say) -> None:
    plain = say("Who?")
    probes = [Probe(choices=LETTERS), Probe(choices=LETTERS[::-1]), Probe(attention=True), None]
    requests = [replace(plain, probe=probe) for probe in probes]
    first, _ = ask("transformers", tiny, *requests)
    assert len({one.key for one in first}) == len({one.text for one in first}) == 4
    assert scored(first[0])["logprobs"] == pytest.approx(scored(first[1])["logprobs"][::-1], abs=1e-5)
    again, tally = ask("transformers", tiny, *requests, again=True)
    assert [one.text for one in again] == [one.text for one in first]
    assert (tally.from_journal, tally.asked) == (4, 0)


@pytest.mark.parametrize("wrong", [{}, {"choices": ("A",), "attention": True}, {"choices": ("A", " ")}])
def test_a_probe_is_one_measurement_of_something(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"probe is one of|empty choice"):
        Probe(**wrong)


def written(folder: Path, source: str) -> str:
    path = folder / "my.py"
    path.write_text(f"def answer(images, messages):\n    return 'answered'\n{source}\n")
    return str(path)


SCORES = "def score(images, messages, choices):\n    return [-len(c) - len(images) for c in choices]"


@pytest.mark.parametrize("kind", ["", "async "])
def test_a_users_file_that_scores_is_asked_for_choices(tmp_path: Path, ask: Ask, say: Say, kind: str) -> None:
    path = written(tmp_path, kind + SCORES)
    [outcome, plain], _ = ask(path, None, say("Who?", probe=Probe(choices=TEXTS)), say("Who?"))
    assert scored(outcome) == {"logprobs": [-len(choice) - 1.0 for choice in TEXTS], "tokens": None}
    assert plain.text == "answered"


BAD_SCORES = [
    ("return [0.1, -1]", "is not 2 log-probabilities"),
    ("return [-1]", "is not 2 log-probabilities"),
    ("return [-1, float('-inf')]", "is not 2 log-probabilities"),
    ("return 'AB'", "is not 2 log-probabilities"),
    ("return None", "is not 2 log-probabilities"),
    ("return 1 / 0", "score() failed: my.py:4: ZeroDivisionError"),
]


@pytest.mark.parametrize(("line", "said"), BAD_SCORES)
def test_scores_that_are_none_stop_the_run(tmp_path: Path, ask: Ask, say: Say, line: str, said: str) -> None:
    path = written(tmp_path, f"def score(images, messages, choices):\n    {line}")
    with pytest.raises(WorkFailed) as stopped:
        ask(path, None, say("Who?", probe=Probe(choices=("A", "B"))))
    assert said in str(stopped.value)
    assert len(str(stopped.value).splitlines()) == 1


def test_models_say_what_they_can_be_measured_by(tiny: Path, tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "run")
    assert abilities(TransformersModel(find_weights(str(tiny)))) == {"choices", "attention", "veil", "efficiency"}
    with open_asker(run, Ways(written(tmp_path, ""))) as asker:
        assert abilities(asker.model) == set()
    with open_asker(run, Ways(written(tmp_path, SCORES))) as asker:
        assert abilities(asker.model) == {"choices"}
    with open_asker(run, Ways("openai", "m", base_url="http://127.0.0.1:9/v1")) as asker:
        assert abilities(asker.model) is None


def abilities(model: object) -> set[str] | None:
    return {*model.probes} if isinstance(model, Probing) else None


UNKNOWN = [("choices", {"probe": Probe(choices=LETTERS)}), ("attention", {"probe": Probe(attention=True)})]


@pytest.mark.parametrize(("name", "wanted"), UNKNOWN)
@pytest.mark.parametrize("backend", ["openai", "file"])
def test_a_model_that_cannot_measure_says_so_in_one_line(
    tmp_path: Path, ask: Ask, say: Say, backend: str, name: str, wanted: dict[str, Any]
) -> None:
    one = say("Who?", **wanted)
    server = {"base_url": "http://127.0.0.1:9/v1"}
    ways = (written(tmp_path, ""), None) if backend == "file" else ("openai", Path("m"))
    with pytest.raises(WorkFailed, match=f"cannot measure {name}") as stopped:
        ask(*ways, one, **(server if backend == "openai" else {}))
    assert len(str(stopped.value).splitlines()) == 1
