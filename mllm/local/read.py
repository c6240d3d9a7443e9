"""A prompt that a model has read: what it expects next, and what it expects along given tokens.

The prompt's keys and values are computed once and read on from any number of times. Positions, masks and what goes
with images are left to the model's own part of generating, so that they are what they would be when it writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

import torch

from mllm.failure import Rejected

ALONG = frozenset({"input_ids", "attention_mask", "token_type_ids", "mm_token_type_ids"})  # a number a token


@dataclass(frozen=True)
class Read:
    """A batch of prompts that has been read; use it under ``torch.inference_mode``.

    ``logits`` are those after the prompts: (rows, vocabulary).
    """

    model: Any
    logits: torch.Tensor
    _ids: torch.Tensor
    _outputs: Any
    _state: dict[str, Any]

    def on(self, ids: torch.Tensor) -> torch.Tensor:
        """Logits after each of further tokens, which are forgotten again.

        Args:
            ids: (rows, n) token ids; a row may be filled up at its right with anything.

        Returns:
            (rows, n, vocabulary).
        """
        new = ids.shape[1]
        state = self.model._update_model_kwargs_for_generation(self._outputs, dict(self._state), num_new_tokens=new)
        whole = torch.cat([self._ids, ids], dim=1)
        inputs = self.model.prepare_inputs_for_generation(whole, next_sequence_length=new, **state)
        logits: torch.Tensor = self.model(**inputs, return_dict=True).logits
        self._outputs.past_key_values.crop(-new)
        return logits


def read(model: Any, inputs: Mapping[str, Any], *, but: int = 0) -> Read:
    """Read prompts as generating does.

    Args:
        model: One that reads and writes in one stream.
        inputs: Of one length, padded at their left.
        but: Tokens at the end that are left out, for :meth:`Read.on`.

    Raises:
        Rejected: The model encodes its prompt apart from its reply.
    """
    if model.config.is_encoder_decoder:
        fix = "Ask it for replies: leave out what looks inside."
        raise Rejected("a model of encoder and decoder can be asked, but not be looked into", fix=fix)
    from transformers import DynamicCache

    end = inputs["input_ids"].shape[1] - but
    rest = {key: value[:, :end] if key in ALONG else value for key, value in inputs.items()}
    ids = rest.pop("input_ids")
    cache = DynamicCache(config=model.config.get_text_config(decoder=True))
    positions = model._prepare_position_ids_for_generation(ids, {"input_ids": ids, **rest})
    state = {**rest, "position_ids": positions, "use_cache": True, "past_key_values": cache}
    if "logits_to_keep" in signature(model.forward).parameters:
        state["logits_to_keep"] = 1
    outputs = model(**model.prepare_inputs_for_generation(ids, is_first_iteration=True, **state), return_dict=True)
    state.pop("logits_to_keep", None)
    cache.activate_past_recording()  # or a cache of bounded length could not forget
    return Read(model, outputs.logits[:, -1], ids, outputs, state)
