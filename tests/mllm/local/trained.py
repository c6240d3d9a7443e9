"""A tiny vision-language model that has learned one thing: the letter of the colour that a drawn square has."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from tests.mllm.local.tiny import SPECIAL, TEMPLATE

SIDE, PATCH = 32, 8  # pixels; 16 patches
STEM = "What colour is the square?"
SUFFIX = "Answer with the option's letter from the given choices directly."
COLOURS = {"red": (215, 40, 40), "blue": (40, 70, 215), "green": (40, 165, 60), "yellow": (225, 205, 40)}
LETTERS = "ABCD"
UNSEEN = 1_000_000  # drawn from other seeds than what the model was trained on
IMAGES, MOST_STEPS, GOOD_STEPS, GOOD_LOSS = 4_096, 900, 20, 0.02


class _Drawn(NamedTuple):
    image: Image.Image
    colour: str
    box: tuple[int, int, int, int]


def draw(index: int) -> tuple[Image.Image, str, tuple[str, ...], str]:
    """An image that the model has not seen: the image, the question's stem, its options and the right one's letter."""
    chance = random.Random(f"question {index}")
    drawn = _drawn(UNSEEN + index)
    options = tuple(chance.sample(sorted(COLOURS), len(COLOURS)))
    return drawn.image, STEM, options, LETTERS[options.index(drawn.colour)]


def square(index: int) -> tuple[int, int, int, int]:
    """Where the square is on an image of :func:`draw`: left, top, right, bottom, in pixels, the ends left out."""
    return _drawn(UNSEEN + index).box


def question(stem: str, options: Sequence[str]) -> str:
    """A question as it is put."""
    lines = [f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=True)]
    return "\n".join([stem, *lines, SUFFIX])


def build_trained(folder: Path, *, seed: int = 0, letters: bool = True) -> Path:
    """Train the model, and save it with its processor; the same numbers each time on one machine.

    With ``letters`` it learns, in about 40 CPU-seconds, to reply to :func:`question` with the right option's letter,
    whatever the options' order; and to the stem alone with the colour's name. Without, in about 4, the name alone.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small a model's work is too little to be shared out
    try:
        tokenizer, processor = _processor()
        processor.save_pretrained(folder)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            model = _model(tokenizer)
            _train(model, tokenizer, seed, letters=letters)
        model.save_pretrained(folder)
    finally:
        torch.set_num_threads(threads)
    return folder


def _drawn(number: int) -> _Drawn:
    chance = random.Random(f"image {number}")
    colour = chance.choice(sorted(COLOURS))
    grey = chance.randint(110, 145)
    image = Image.new("RGB", (SIDE, SIDE), (grey, grey, grey))
    side = chance.randint(10, 16)
    left, top = chance.randint(0, SIDE - side), chance.randint(0, SIDE - side)
    ink = tuple(min(255, max(0, level + chance.randint(-25, 25))) for level in COLOURS[colour])
    ImageDraw.Draw(image).rectangle((left, top, left + side - 1, top + side - 1), fill=ink)
    return _Drawn(image, colour, (left, top, left + side, top + side))


def _processor() -> tuple[Any, Any]:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlavaProcessor, PreTrainedTokenizerFast, SiglipImageProcessorPil

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    bare = Tokenizer(models.BPE(vocab={letter: place for place, letter in enumerate(letters)}, merges=[]))
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    # what the question is made of is a token each, so that it is short; all else is spelled in bytes
    pieces = [STEM, f"\n{SUFFIX}", *COLOURS, *(f"\n{letter}. " for letter in LETTERS)]
    bare.add_tokens([AddedToken(piece, normalized=False) for piece in pieces])
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
        num_hidden_layers=1,
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
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    config = LlavaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        vision_feature_layer=-2,  # patches before they have seen each other: attention to one is to its place alone
        vision_feature_select_strategy="full",
        initializer_range=0.08,
        tie_word_embeddings=True,
    )
    model = LlavaForConditionalGeneration(config)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    return model


def _train(model: Any, tokenizer: Any, seed: int, *, letters: bool) -> None:
    """Both questions in every step: once a colour has a name, the name is soon found among the options.

    Until it has hardly erred for a while.
    """
    import torch

    chance = random.Random(seed)
    seen = [_drawn(number) for number in range(IMAGES)]
    pixels = torch.tensor(np.stack([np.asarray(one.image) for one in seen])).permute(0, 3, 1, 2) / 127.5 - 1
    learner = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01, betas=(0.9, 0.98))
    model.train()
    good = 0
    for _ in range(MOST_STEPS):
        named = [_named(number, seen) for number in chance.choices(range(IMAGES), k=24)]
        losses = [_loss(model, tokenizer, pixels, named)]
        if letters:
            lettered = [_lettered(number, seen, chance) for number in chance.choices(range(IMAGES), k=48)]
            losses.append(_loss(model, tokenizer, pixels, lettered))
        learner.zero_grad()
        sum(losses).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        learner.step()
        good = good + 1 if max(loss.item() for loss in losses) < GOOD_LOSS else 0
        if good == GOOD_STEPS:
            break
    model.eval()


class _Taught(NamedTuple):
    number: int  # of the image
    said: str
    reply: str  # one token


def _named(number: int, seen: Sequence[_Drawn]) -> _Taught:
    return _Taught(number, STEM, seen[number].colour)


def _lettered(number: int, seen: Sequence[_Drawn], chance: random.Random) -> _Taught:
    options = chance.sample(sorted(COLOURS), len(COLOURS))
    return _Taught(number, question(STEM, options), LETTERS[options.index(seen[number].colour)])


def _loss(model: Any, tokenizer: Any, pixels: Any, taught: Sequence[_Taught]) -> Any:
    """Cross-entropy of the replies and the token that ends them."""
    import torch

    places = "<image>" * (SIDE // PATCH) ** 2
    texts = [f"<|user|>{places}{one.said}<|end|><|assistant|>{one.reply}<|end|>" for one in taught]
    ids = tokenizer(texts, return_tensors="pt")["input_ids"]
    logits = model(input_ids=ids, pixel_values=pixels[[one.number for one in taught]], logits_to_keep=3).logits[:, :-1]
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, -2:].flatten())
