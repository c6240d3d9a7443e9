"""What a strategy is: a way to lead a model from a question to its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mllm import Chain, ImagePart, Message, Outcome, Probe, Request, Veil
from mllm.probe import Ability


@dataclass(frozen=True)
class Asking:
    """One question on its way to a model.

    ``image`` is None where it is asked blind. ``question`` holds options and instruction. ``choices`` are what is
    compared by likelihood; where there are none, the model writes its answer.
    """

    about: str  # for people, in the journal
    image: ImagePart | None
    question: str
    choices: tuple[str, ...] = ()
    max_tokens: int = 512
    seed: int = 0

    def shown(self, *texts: str) -> Message:
        """A user's turn: the image, then texts."""
        return Message("user", (*((self.image,) if self.image else ()), *texts))

    def last(self, *messages: Message, veil: Veil | None = None) -> Request:
        """The request whose reply is the answer."""
        probe = Probe(choices=self.choices) if self.choices else None
        return Request(
            self.about, "answer", messages, max_tokens=self.max_tokens, seed=self.seed, probe=probe, veil=veil
        )


@dataclass(frozen=True)
class Answered:
    """How a question ended: the outcome of the last request, the turns before it, and what was found on the way.

    Where an earlier request came to nothing, its outcome stands here.
    """

    outcome: Outcome
    messages: tuple[Message, ...]
    veil: Veil | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Strategy:
    """A named way to ask.

    ``version`` changes with its prompts, and stands in each evaluation's config. ``needs`` is what a model must be
    able to do; ``image`` whether it makes no sense blind.
    """

    name: str
    version: str
    ask: Callable[[Asking], Chain[Answered]]
    needs: frozenset[Ability] = frozenset()
    image: bool = False
