"""A tiny vision-language model that has learned one thing: the letter of the colour that a drawn square has."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from tests.mllm.local.tiny import SPECIAL, TEMPLATE

SIDE, PATCH = 32, 8  # pixels; 16 patches
STEM = "What colour is the square?"
SUFFIX = "Answer with the option's letter from the given choices directly."
COLOURS = {"red": (215, 40, 40), "blue": (40, 70, 215), "green": (40, 165, 60), "yellow": (225, 205, 40)}
LETTERS = "ABCD"
UNSEEN = 1_000_000  # drawn from other seeds than what the model was trained on


def draw(index: int) -> tuple[Image.Image, str, tuple[str, ...], str]:
    """An image that the model has not seen: the image, the question's stem, its options and the right one's letter."""
    chance = random.Random(f"question {index}")
    image, colour, _ = _drawn(UNSEEN + index)
    options = tuple(chance.sample(sorted(COLOURS), len(COLOURS)))
    return image, STEM, options, LETTERS[options.index(colour)]


def square(index: int) -> tuple[int, int, int, int]:
    """Where the square is on an image of :func:`draw`: left, top, right, bottom, in pixels, the ends left out."""
    return _drawn(UNSEEN + index)[2]


def question(stem: str, options: Sequence[str]) -> str:
    """A question as it is put."""
    lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=True)]
    return "\n".join([stem, *lines, SUFFIX])


def build_trained(folder: Path, *, seed: int = 0, steps: int = 700) -> Path:
    """Train the model, and save it with its processor."""
    import torch

    tokenizer, processor = _processor()
    processor.save_pretrained(folder)
    torch.manual_seed(seed)
    model = _model(tokenizer)
    _train(model, tokenizer, seed, steps)
    model.save_pretrained(folder)
    return folder


def _drawn(seed: int) -> tuple[Image.Image, str, tuple[int, int, int, int]]:
    chance = random.Random(f"image {seed}")
    colour = chance.choice(sorted(COLOURS))
    grey = chance.randint(110, 145)
    image = Image.new("RGB", (SIDE, SIDE), (grey, grey, grey))
    side = chance.randint(10, 16)
    left, top = chance.randint(0, SIDE - side), chance.randint(0, SIDE - side)
    ink = tuple(min(255, max(0, level + chance.randint(-25, 25))) for level in COLOURS[colour])
    ImageDraw.Draw(image).rectangle((left, top, left + side - 1, top + side - 1), fill=ink)
    return image, colour, (left, top, left + side, top + side)


def _processor() -> tuple[Any, Any]:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlavaProcessor, PreTrainedTokenizerFast, SiglipImageProcessorPil

    bare = Tokenizer(models.BPE())
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, initial_alphabet=sorted(letters), show_progress=False)
    bare.train_from_iterator([question(STEM, sorted(COLOURS))] * 2, trainer)  # each word becomes a token
    tokenizer: Any = PreTrainedTokenizerFast(
        tokenizer_object=bare,
        pad_token=SPECIAL[0],
        eos_token=SPECIAL[1],
        additional_special_tokens=SPECIAL[2:],
        model_input_names=["input_ids", "attention_mask"],
    )
    tokenizer.chat_template = None
    processor = LlavaProcessor(
        image_processor=SiglipImageProcessorPil(size={"height": SIDE, "width": SIDE}),
        tokenizer=tokenizer,
        patch_size=PATCH,
        vision_feature_select_strategy="full",
        num_additional_image_tokens=0,
        chat_template=TEMPLATE,
    )
    return tokenizer, processor


def _model(tokenizer: Any) -> Any:
    from transformers import LlavaConfig, LlavaForConditionalGeneration, Qwen2Config, SiglipVisionConfig

    vision = SiglipVisionConfig(
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        image_size=SIDE,
        patch_size=PATCH,
        vision_use_head=False,
    )
    text = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=3,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=2_048,
        initializer_range=0.08,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    config = LlavaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        vision_feature_layer=-1,
        vision_feature_select_strategy="full",
        initializer_range=0.08,
    )
    model = LlavaForConditionalGeneration(config)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    return model


def _train(model: Any, tokenizer: Any, seed: int, steps: int) -> None:
    import torch

    chance = random.Random(seed)
    seen = [_drawn(number) for number in range(4_096)]
    pixels = torch.tensor(np.stack([np.asarray(image) for image, _, _ in seen])).permute(0, 3, 1, 2) / 127.5 - 1
    rates = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01, betas=(0.9, 0.98))
    course = torch.optim.lr_scheduler.OneCycleLR(rates, 2e-3, total_steps=steps, pct_start=0.1)
    places = "<image>" * (SIDE // PATCH) ** 2
    model.train()
    for step in range(steps):
        batch = [chance.randrange(len(seen)) for _ in range(64)]
        texts = []
        for number in batch:
            options = chance.sample(sorted(COLOURS), len(COLOURS))
            letter = LETTERS[options.index(seen[number][1])]
            texts.append(f"<|user|>{places}{question(STEM, options)}<|end|><|assistant|>{letter}<|end|>")
        ids = tokenizer(texts, return_tensors="pt")["input_ids"]
        logits = model(input_ids=ids, pixel_values=pixels[batch], logits_to_keep=3).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, -2:].flatten())
        rates.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        rates.step()
        course.step()
        if DEBUG and step % 50 == 0:
            right = (logits[:, 0].argmax(-1) == ids[:, -2]).float().mean()
            print(step, round(float(loss), 3), float(right), ids.shape, flush=True)
    model.eval()
DEBUG = True
