"""Attention by parts and patches, held against one whole pass with every weight in sight."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from PIL import Image

from mllm import ImagePart, Message, Outcome, Probe, Request
from mllm.local.attention import grid_size
from mllm.local.parts import Part, token_parts
from tests.mllm.local.conftest import Ask, Say
from tests.mllm.local.test_transformers import NO_SYSTEM, with_config
from tests.mllm.local.tiny import IMAGE_TOKENS, TEMPLATE, build

pytestmark = pytest.mark.xdist_group("local")

LOOK = Probe(attention=True)
SYSTEM = Message("system", ("Be brief.",))


class Looked(NamedTuple):
    text: str
    mass: dict[Part, float]
    grid: list[list[float]]


def looked(outcome: Outcome) -> Looked:
    assert outcome.status == "ok", outcome.detail
    return Looked(**json.loads(outcome.text))


def laid_out(messages: Sequence[Message]) -> tuple[str, list[Part]]:
    """A prompt as the tiny model's template writes it, and the part of each token: a byte, but for special ones."""
    text, parts = "", list[Part]()
    names: dict[str, Part] = {"system": "system", "user": "question", "assistant": "other"}
    for message in messages:
        text, parts = f"{text}<|{message.role}|>", [*parts, "other"]
        for part in message.parts:
            if isinstance(part, ImagePart):
                text, parts = f"{text}<image>", [*parts, *["image"] * IMAGE_TOKENS]  # type: ignore[list-item]
            else:
                text, parts = text + part, [*parts, *[names[message.role]] * len(part.encode())]
        text, parts = f"{text}<|end|>", [*parts, "other"]
    return f"{text}<|assistant|>", [*parts, "other"]


def by_hand(folder: Path, request: Request) -> Looked:
    """One pass over prompt and reply that keeps all weights, from processor, model and nothing else."""
    import torch
    from transformers import AutoModelForImageTextToText, AutoProcessor

    processor: Any = AutoProcessor.from_pretrained(folder)
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    text, parts = laid_out(request.messages)
    images = [Image.open(part.path).convert("RGB") for part in request.images]
    given = processor(text=text, images=images or None, return_tensors="pt")
    prompt = given["input_ids"].shape[1]
    assert prompt == len(parts)
    with torch.inference_mode():
        whole = model.generate(**given, max_new_tokens=request.max_tokens, do_sample=False)
        reply = whole[0, prompt:].tolist()
        end = model.generation_config.eos_token_id
        reply = (reply[: reply.index(end)] or reply[:1]) if end in reply else reply
        pixels = {"pixel_values": given["pixel_values"]} if images else {}
        seen = model(input_ids=whole[:, : prompt + len(reply)], output_attentions=True, **pixels).attentions
    weights = torch.stack(seen)[:, 0, :, prompt - 1 : prompt + len(reply) - 1].double().mean(dim=(0, 1, 2))
    shares = weights.tolist()
    mass = {
        part: sum(share for share, own in zip(shares, parts, strict=False) if own == part)
        for part in ("system", "image", "question", "other")
    }
    mass["other"] += sum(shares[prompt:])
    patches = [share for share, own in zip(shares, parts, strict=False) if own == "image"][:IMAGE_TOKENS]
    text = processor.tokenizer.decode(reply, skip_special_tokens=True).strip()
    return Looked(text, mass, [patches[:2], patches[2:]] if patches else [])  # type: ignore[arg-type]


def same(one: Looked, other: Looked) -> bool:
    cells = [cell for row in one.grid for cell in row], [cell for row in other.grid for cell in row]
    return (
        one.text == other.text
        and one.mass == pytest.approx(other.mass, abs=1e-5)
        and cells[0] == pytest.approx(cells[1], abs=1e-5)
        and list(map(len, one.grid)) == list(map(len, other.grid))
    )


def talks(say: Say) -> list[Request]:
    """Prompts of different shapes."""
    plain = say("Who is it? é", 1, probe=LOOK)
    turns = [Message("user", ("Who?",)), Message("assistant", ("A cat.",)), *say("And what?", 1).messages]
    return [
        plain,
        say("Who is it?!", 0, probe=LOOK),
        say("Who are they?", 2, probe=LOOK),
        replace(plain, messages=(SYSTEM, *plain.messages)),
        replace(plain, messages=(SYSTEM, *turns)),
        replace(plain, max_tokens=1),
        say("A", 1, probe=LOOK),  # a text of a letter, which the template might hold, too
    ]


def test_mass_and_grid_are_those_of_a_pass_with_every_weight(tiny: Path, ask: Ask, say: Say) -> None:
    requests = talks(say)
    outcomes, tally = ask("transformers", tiny, *requests, batch_size=1)
    for one, outcome in zip(requests, outcomes, strict=True):
        found = looked(outcome)
        assert same(found, by_hand(tiny, one))
        assert sum(found.mass.values()) == pytest.approx(1, abs=1e-5)
        assert (found.mass["system"] > 0, found.mass["image"] > 0) == (SYSTEM in one.messages, bool(one.images))
        first = sum(cell for row in found.grid for cell in row)
        assert first == pytest.approx(found.mass["image"], abs=1e-5) or len(one.images) == 2
    assert tally.completion_tokens > len(requests)


def test_what_shares_a_batch_does_not_matter_and_the_reply_is_the_usual_one(tiny: Path, ask: Ask, say: Say) -> None:
    requests = [one for one in talks(say) if one.images]
    together, _ = ask("transformers", tiny, *requests, batch_size=8)
    alone, _ = ask("transformers", tiny, *requests, batch_size=1)
    plain, _ = ask("transformers", tiny, *(replace(one, probe=None) for one in requests))
    assert all(same(looked(one), looked(other)) for one, other in zip(together, alone, strict=True))
    assert [looked(one).text for one in together] == [one.text for one in plain]


def test_generation_keeps_its_quick_attention(tiny: Path, say: Say) -> None:
    import threading

    from mllm.local.engine import Engine
    from mllm.local.prompt import Prompt

    engine = Engine(tiny, trust_remote_code=False, stop=threading.Event())
    model = engine._loaded.model
    parts = [model, model.get_decoder(), model.get_encoder(modality="image")]
    usual = [part.config._attn_implementation for part in parts]
    turns = [{"role": "user", "content": [{"type": "text", "text": "Who?"}]}]
    for probe in (LOOK, Probe(efficiency=True)):
        engine.answer([Prompt(turns, [], 4, 0.0, 0, probe)])
        assert [part.config._attn_implementation for part in parts] == usual
    assert set(usual) == {"sdpa"}
    assert not any(module._forward_hooks for module in model.modules())


def test_a_reply_that_is_empty_is_its_end_token(tiny: Path, tmp_path: Path, ask: Ask, say: Say) -> None:
    from transformers import AutoModelForImageTextToText, AutoProcessor

    one = say("Who?", probe=LOOK)
    processor: Any = AutoProcessor.from_pretrained(tiny)
    image = Image.open(one.images[0].path).convert("RGB")
    given = processor(text=laid_out(one.messages)[0], images=[image], return_tensors="pt")
    first = int(AutoModelForImageTextToText.from_pretrained(tiny).generate(**given, max_new_tokens=1)[0, -1])
    mute = with_config(tiny, tmp_path / "mute", "generation_config.json", eos_token_id=first)
    [outcome], tally = ask("transformers", mute, one)
    assert looked(outcome).text == ""
    assert tally.completion_tokens == 1
    assert same(looked(outcome), by_hand(mute, one)._replace(text=""))


def test_the_systems_words_are_its_own_where_the_user_has_to_say_them(tmp_path: Path, ask: Ask, say: Say) -> None:
    plain = build(tmp_path / "plain", template=NO_SYSTEM)
    one = say("Who is it?", probe=LOOK)
    found, _ = ask("transformers", plain, replace(one, messages=(SYSTEM, *one.messages)), one)
    assert looked(found[0]).mass["system"] > 0.01
    assert looked(found[0]).mass["question"] > 0.01
    assert same(looked(found[1]), by_hand(tmp_path / "plain", one))


def test_texts_are_found_where_the_template_trims_them(tmp_path: Path, ask: Ask, say: Say) -> None:
    trims = build(tmp_path / "trims", template=TEMPLATE.replace("part['text'] }}", "part['text'] | trim }}"))
    bare, wide = say("Who is it?", probe=LOOK), say("  Who is it? ", probe=LOOK)
    wide = replace(wide, messages=(Message("user", (bare.images[0], "  Who is it? ")),))
    system = Message("system", (" Be brief.\n",))
    found, _ = ask("transformers", trims, replace(wide, messages=(system, *wide.messages)))
    assert same(looked(found[0]), by_hand(trims, replace(bare, messages=(SYSTEM, *bare.messages))))


def put_through(folder: Path, text: str, ids: list[int]) -> tuple[Any, Any]:
    """A prompt with one image and a text, as if a processor had made these tokens of it."""
    import torch
    from transformers import AutoProcessor

    config = SimpleNamespace(image_token_id=258)
    loaded = SimpleNamespace(processor=AutoProcessor.from_pretrained(folder), model=SimpleNamespace(config=config))
    turns = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": text}]}]
    return loaded, SimpleNamespace(turns=[turns], system=frozenset(), inputs={"input_ids": torch.tensor([ids])})


def test_what_a_processor_sets_around_an_image_is_neither_image_nor_question(tiny: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(tiny)
    image, user, end, assistant, pad = tokenizer.convert_tokens_to_ids(
        ["<image>", "<|user|>", "<|end|>", "<|assistant|>", "<|pad|>"]
    )
    assert image == 258
    text = tokenizer("rarr")["input_ids"]
    rows = [pad, image, image, pad, image, image, pad]  # a mark before, between and after the image's rows
    loaded, said = put_through(tiny, "rarr", [user, *rows, *text, end, assistant])
    around: list[Part] = ["other", "image", "image", "other", "image", "image", "other"]
    assert token_parts(loaded, said) == ["other", *around, *["question"] * 4, "other", "other"]


GRIDS: list[tuple[dict[str, Any], int, int, tuple[int, int] | None]] = [
    ({"pixel_values": (1, 3, 336, 336)}, 576, 1, (24, 24)),
    ({"pixel_values": (1, 3, 336, 336)}, 577, 1, (24, 24)),  # with the class token
    ({"pixel_values": (1, 3, 384, 384)}, 729, 1, (27, 27)),
    ({"pixel_values": (2, 3, 384, 384)}, 729, 2, (27, 27)),
    ({"pixel_values": (1, 3, 128, 256)}, 128, 1, (8, 16)),
    ({"pixel_values": (1, 3, 256, 256), "image_sizes": [[128, 256]]}, 128, 1, (8, 16)),
    ({"pixel_values": (1, 3, 336, 336)}, 500, 1, None),
    ({"pixel_values": (4, 3, 448, 448)}, 1024, 1, None),  # tiles, though 1,024 is a square
    ({"pixel_values": (1, 5, 3, 336, 336)}, 576, 1, None),
    ({"pixel_values": (96, 1176), "image_grid_thw": [[1, 8, 12]]}, 24, 1, (4, 6)),
    ({"pixel_values": (96, 1176), "image_grid_thw": [[1, 8, 12]]}, 96, 1, (8, 12)),
    ({"pixel_values": (96, 1176), "image_grid_thw": [[1, 8, 12]]}, 25, 1, None),
    ({}, 16, 1, None),
]


@pytest.mark.parametrize(("made", "tokens", "images", "grid"), GRIDS)
def test_a_grid_is_given_only_where_its_shape_is_known(
    made: dict[str, Any], tokens: int, images: int, grid: tuple[int, int] | None
) -> None:
    import torch

    shaped = {
        key: torch.zeros(value, device="meta") if key == "pixel_values" else torch.tensor(value)
        for key, value in made.items()
    }
    assert grid_size(shaped, tokens, images) == grid
