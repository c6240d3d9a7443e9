"""Local weights at work: loading, prompts in, replies out, in one thread."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import torch
import transformers
from jinja2 import TemplateError

from mllm.failure import Failure, Lost, Rejected, Unwilling
from mllm.local.conversation import Turn, without_system
from mllm.local.drawing import OwnLimits, OwnNoise
from mllm.local.prompt import Prompt
from mllm.reply import Reply, Usage
from schemas.text import plain

_SEE_TO_IT = "See to the model and run it again: what was received is kept."


class Engine:
    """A loaded model; used by one thread."""

    def __init__(self, folder: Path, *, trust_remote_code: bool, stop: threading.Event) -> None:
        """Load a model: float32 on a CPU, bfloat16 on GPUs, spread over all of them where one is too small.

        Raises:
            Rejected: It cannot be loaded.
        """
        transformers.utils.logging.set_verbosity_error()
        transformers.utils.logging.disable_progress_bar()
        self._stop, self._proved, self.fits = stop, False, 1_000_000
        gpu = torch.cuda.is_available()
        try:
            self._processor: Any = transformers.AutoProcessor.from_pretrained(
                folder, trust_remote_code=trust_remote_code, local_files_only=not trust_remote_code
            )
            self._model: Any = transformers.AutoModelForImageTextToText.from_pretrained(
                folder,
                use_safetensors=True,
                trust_remote_code=trust_remote_code,
                local_files_only=not trust_remote_code,
                dtype=torch.bfloat16 if gpu else torch.float32,
                device_map="auto" if gpu else None,
            )
        except Exception as error:  # noqa: BLE001 - a model's parts fail in their own ways
            _cannot_load(folder, error)
        if not getattr(self._processor, "chat_template", None):
            _cannot_load(folder, "its processor has no chat template; put one beside it as chat_template.jinja")
        self._tokenizer = self._processor.tokenizer
        self._ends = self._set_ends()
        self._control = _control_tokens(self._processor)
        text = self._model.config.get_text_config()
        self._context = getattr(text, "max_position_embeddings", None) or 1_000_000

    def answer(self, prompts: Sequence[Prompt]) -> list[Reply | Exception]:
        """Replies, or failures, to as many prompts; batches are halved for good when memory runs out."""
        done: list[Reply | Exception] = []
        while len(done) < len(prompts):
            batch = prompts[len(done) : len(done) + self.fits]
            replies = self._within_memory(batch)
            if replies is not None:
                done += replies
            elif len(batch) > 1:
                self.fits = len(batch) // 2
            else:
                fix = "Send smaller images, or take a smaller model or a larger machine; what was received is kept."
                done.append(Rejected("the memory is too small for a single request to this model", fix=fix))
        return done

    def _within_memory(self, batch: Sequence[Prompt]) -> list[Reply | Exception] | None:
        """Replies, or None if memory has run out; what the attempt held is free again when this returns."""
        try:
            return self._batch(batch)
        except (torch.OutOfMemoryError, MemoryError):
            pass
        except RuntimeError as error:
            if "can't allocate memory" not in str(error):
                raise
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return None

    def _batch(self, batch: Sequence[Prompt]) -> list[Reply | Exception]:
        if self._stop.is_set():
            return [Lost("the model was closed")] * len(batch)
        prepared = False
        try:
            inputs = self._inputs(batch)
            prepared = True
            replies = self._generate(inputs, batch)
        except (torch.OutOfMemoryError, MemoryError, Failure):
            raise
        except Exception as error:
            if "can't allocate memory" in str(error):
                raise
            if len(batch) > 1:
                return [reply for one in batch for reply in self._batch([one])]
            return [self._failure(error, prepared)]
        self._proved = True
        return [*replies]

    def _failure(self, error: Exception, prepared: bool) -> Failure:
        """One prompt's own fault where others have been answered and it could not even be put in; else the model's."""
        said = _first_line(error)
        if self._proved and not prepared:
            return Unwilling(f"the model does not take this request: {said}")
        return Rejected(f"the model cannot be run: {said}", fix=_SEE_TO_IT)

    def _inputs(self, batch: Sequence[Prompt]) -> Any:
        turns = [self._plain(prompt.turns, prompt.images) for prompt in batch]
        try:
            inputs = self._templated(turns)
        except TemplateError:
            if not any(turn["role"] == "system" for turn in turns[0]):
                raise
            inputs = self._templated([without_system(one) for one in turns])
        longest = inputs["input_ids"].shape[1]
        if longest >= self._context:
            raise ValueError(f"{longest} tokens, of {self._context} at most")
        return inputs.to(self._model.device, dtype=self._model.dtype)

    def _templated(self, turns: list[list[Turn]]) -> Any:
        return self._processor.apply_chat_template(
            turns,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
            processor_kwargs={"padding": True, "padding_side": "left"},
        )

    def _plain(self, turns: Sequence[Turn], images: Sequence[Any]) -> list[Turn]:
        """Turns with their images in place, and with no control token in their text."""
        waiting = iter(images)
        return [
            {
                **turn,
                "content": [
                    {"type": "text", "text": broken(part["text"], self._control)}
                    if part["type"] == "text"
                    else {"type": "image", "image": next(waiting)}
                    for part in turn["content"]
                ],
            }
            for turn in turns
        ]

    def _generate(self, inputs: Any, batch: Sequence[Prompt]) -> list[Reply]:
        asked = inputs["attention_mask"].sum(dim=1).tolist()
        device, padded = inputs["input_ids"].device, inputs["input_ids"].shape[1]
        head = 1 if self._model.config.is_encoder_decoder else padded
        limits = [
            max(1, min(prompt.max_tokens, self._context - tokens)) for prompt, tokens in zip(batch, asked, strict=True)
        ]
        noise = OwnNoise([prompt.temperature for prompt in batch], [prompt.seed for prompt in batch], device)
        with torch.inference_mode():
            written = self._model.generate(
                **inputs,
                max_new_tokens=max(limits),
                do_sample=False,
                logits_processor=[noise],
                stopping_criteria=[OwnLimits(head, limits, self._stop, device)],
            )
        if self._stop.is_set():
            raise Lost("the model was closed")
        rows = written[:, head:].tolist()
        return [self._reply(row[:limit], tokens) for row, limit, tokens in zip(rows, limits, asked, strict=True)]

    def _reply(self, row: list[int], asked: int) -> Reply:
        """A reply from its tokens; the token that ends it counts, as servers count it."""
        end = next((place for place, token in enumerate(row) if token in self._ends), None)
        said = row if end is None else row[:end]
        text = self._tokenizer.decode(said, skip_special_tokens=True).strip()
        usage = Usage(asked, len(said) + (end is not None))
        return Reply(text, usage, finish="length" if end is None else "stop")

    def _set_ends(self) -> frozenset[int]:
        """The tokens that end a reply. What else the weights bring for drawing (top-p, penalties) is left out."""
        tokenizer, theirs = self._tokenizer, self._model.generation_config
        ends = theirs.eos_token_id if theirs.eos_token_id is not None else tokenizer.eos_token_id
        ends = [] if ends is None else [ends] if isinstance(ends, int) else list(ends)
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token or tokenizer.convert_ids_to_tokens(0)
        self._model.generation_config = transformers.GenerationConfig(
            eos_token_id=ends or None,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=theirs.bos_token_id,
            decoder_start_token_id=theirs.decoder_start_token_id,
        )
        return frozenset(ends)


def broken(text: str, control: Sequence[str]) -> str:
    """Text in which no control token stands: a space after its first character keeps it readable, and mere text."""
    for token in control:
        if token in text:
            text = text.replace(token, f"{token[0]} {token[1:]}")
    return text


def _control_tokens(processor: Any) -> list[str]:
    """What steers a model when it stands in a prompt: special tokens, and the places of images; the longest first."""
    special = {str(token) for token in processor.tokenizer.added_tokens_decoder.values() if token.special}
    places = {str(getattr(processor, f"{kind}_token", None) or "") for kind in ("image", "video", "audio")}
    return sorted((token for token in special | places if len(token.strip()) > 1), key=len, reverse=True)


def _first_line(error: object) -> str:
    lines = [line.strip() for line in str(error).splitlines()]
    line = next(filter(None, lines), "")
    named = f"{type(error).__name__}: {line}" if isinstance(error, Exception) else line
    return plain(named, limit=400)


def _cannot_load(folder: Path, error: object) -> NoReturn:
    cause = error if isinstance(error, Exception) else None
    raise Rejected(f"{folder}: the model cannot be loaded: {_first_line(error)}", fix=_SEE_TO_IT) from cause
