"""What the server is told: whose scenes it knows, how well it sees, and what goes wrong."""

from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0)]
FormTask = Literal["extraction", "pairs", "choice", "judgement"]  # named by whoever asks, answered in a form
TalkTask = Literal["question", "challenge", "content"]  # a benchmark's, known by what is said, answered in words
Task = FormTask | TalkTask
FORMS: tuple[FormTask, ...] = get_args(FormTask)

# Instead of a reply: a status, silence or a broken connection.
HttpFault = Literal[
    "rate-limited", "insufficient-quota", "internal-error", "bad-gateway", "unavailable",
    "unauthorized", "forbidden", "not-found",
    "content-policy",
]  # fmt: skip
LineFault = Literal["hang", "cut-before-headers", "cut-inside-body"]
# Instead of the content, in a reply that is otherwise in order.
ContentFault = Literal[
    "cut-json", "fenced", "chatty", "prose", "wrong-shape", "duplicate-pairs", "empty", "refusal", "apology", "length",
    "content-filter",
]  # fmt: skip
FaultKind = HttpFault | LineFault | ContentFault
HTTP_FAULTS: frozenset[str] = frozenset(get_args(HttpFault))
LINE_FAULTS: frozenset[str] = frozenset(get_args(LineFault))
CONTENT_FAULTS: frozenset[str] = frozenset(get_args(ContentFault))


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fault(_Told):
    """Something that goes wrong: at a rate, at given requests, or at given attempts of the same body.

    Of several faults the first that is scheduled wins; else one draw decides, each having its rate.
    """

    kind: FaultKind
    rate: Share = 0.0
    at: tuple[int, ...] = Field(default=(), description="chat requests by their place since the start, from 1")
    attempts: tuple[int, ...] = Field(default=(), description="how often this very body was asked, from 1")
    tasks: tuple[Task, ...] = Field(default=(), description="only these; none means all")
    retry_after: Seconds | None = None
    retry_after_form: Literal["seconds", "date", "ms"] = "seconds"
    message: str | None = Field(default=None, description="the server's own words")


class Limits(_Told):
    """A real rate limiter: what is above it gets 429 with the headers that say so."""

    requests_per_second: float | None = Field(default=None, gt=0)
    burst: int = Field(default=1, ge=1, description="requests that may come at once")
    tokens_per_minute: float | None = Field(default=None, gt=0, description="of prompts")
    max_concurrent: int | None = Field(default=None, ge=1)
    retry_after: bool = Field(default=True, description="whether a refusal carries Retry-After")


class Prices(_Told):
    """USD for a million tokens; batches pay ``batch_share`` of it."""

    prompt: float = Field(default=2.5, ge=0)
    completion: float = Field(default=10.0, ge=0)
    batch_share: Share = 0.5


class Batching(_Told):
    """How batches go. Nothing goes wrong in them but what is said here."""

    supported: bool = True
    seconds_per_state: Seconds = 0.02
    seconds_per_line: Seconds = 0.0
    line_error_rate: Share = 0.0
    faults: tuple[Fault, ...] = Field(default=(), description="content faults of lines")
    expires_after: Share | None = Field(default=None, description="the part of the lines done when it expires")
    fails_with: str | None = Field(default=None, description="the whole batch fails, in these words")
    shuffled: bool = Field(default=True, description="output lines come in another order")


class Config(_Told):
    """All of it; the default answers everything rightly, at once."""

    run: Path | None = Field(default=None, description="run folder whose drawn scenes it knows")
    seed: int = 0
    models: tuple[str, ...] = ("drawn-scenes",)
    any_model: bool = True
    api_key: str | None = Field(default=None, description="where set, other keys get 401")
    latency: Seconds = 0.0
    jitter: Seconds = Field(default=0.0, description="at most so much more, uniformly")
    canned: bool = Field(default=False, description="a fixed reply for each task; images are not looked at")

    noise: Share = Field(default=0.0, description="choices and judgements, field by field, that are wrong")
    blind_rate: Share = Field(default=0.0, description="choices without an image that are right by knowledge")
    wrong_key_rate: Share = Field(default=0.0, description="pairs whose right option trades places with a wrong one")
    mistakes: Share = Field(default=0.0, description="a benchmark's plain questions that are answered wrongly")
    misled: Share = Field(default=0.0, description="its leading questions that are answered wrongly")
    gives_up: Share = Field(default=0.0, description="challenges after which another answer is given")
    varied: bool = Field(default=False, description="answers in many styles, some that say nothing among them")
    unasked_character_rate: Share = Field(default=0.0, description="replies with an unasked character/character pair")

    faults: tuple[Fault, ...] = ()
    unsupported: dict[str, str] = Field(
        default={},
        description="parameter, or json_schema, json_object or image_url, to the words of its 400; empty: OpenAI's",
    )
    strict_parameters: bool = Field(default=False, description="whether parameters that no server knows get 400")
    strict_schemas: bool = Field(default=True, description="whether a strict schema must be of the strict subset")
    limits: Limits = Limits()
    prices: Prices = Prices()
    batching: Batching = Batching()
