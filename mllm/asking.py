"""Asking: from a request to its outcome, through journal, till, pace and patience."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mllm.failure import Down, Failure, Lost, Rejected, Throttled, Unwilling
from mllm.journal import Attempt, Journal
from mllm.judging import judged, repair
from mllm.message import LOOPBACK, Message
from mllm.model import Learning, Model
from mllm.pace import Pace
from mllm.patience import Breaker, Patience, Tries
from mllm.picture import Picture, Pictures, Transform
from mllm.reading import NotInForm, read_form
from mllm.reply import Outcome, Reply, Usage
from mllm.request import Asked, Request, request_key
from mllm.till import Bound, Till
from schemas.errors import LeadproofError, UnreadableFile, WorkFailed


@dataclass(frozen=True)
class Terms:
    """How a model is asked."""

    transform: Transform = field(default_factory=Transform)
    concurrency: int = 16
    tries: Tries = Tries()  # noqa: RUF009 - a tuple
    allow_hosts: frozenset[str] = frozenset()
    ask_again: bool = False  # requests whose reply was malformed or refused, too


class _Received(NamedTuple):
    attempt: Attempt
    reply: Reply
    usd: float | None


class _NotSent(Exception):
    """The run was stopped, or the request needs a larger reservation."""


class Asker:
    """Asks one model on behalf of one command, in one event loop.

    Once ``stopped`` is set nothing new goes out; what is out is waited for and kept.
    """

    def __init__(self, model: Model, journal: Journal, till: Till, terms: Terms = Terms()) -> None:
        self.model, self.journal, self.till, self.terms = model, journal, till, terms
        self.asked = Asked(model.endpoint, model.name, terms.transform)
        self.stopped: LeadproofError | None = None
        self.on_interrupt: Callable[[int], None] = lambda _: None
        self.pictures = Pictures(terms.transform, keep=2 * terms.concurrency)
        self._pace = Pace(terms.concurrency)
        self._breaker = Breaker(seconds=terms.tries.longest_wait)
        self._first = asyncio.Lock()
        self._learning = model if isinstance(model, Learning) else None
        self._under_way: dict[str, asyncio.Task[Outcome]] = {}
        self._again: set[str] = set()  # keys that were asked again by this command

    async def ask(self, request: Request) -> Outcome:
        """The outcome of a request: the one that is kept, else a new one. Equal requests are asked once."""
        tally = self.till.tally
        tally.requests += 1
        key = request_key(self.asked, request)
        outcome = self.kept(key, request)
        if outcome is not None:
            tally.from_journal += 1
        else:
            task = self._under_way.get(key)
            if task is None:
                if self.terms.ask_again:
                    self._again.add(key)
                task = self._under_way[key] = asyncio.create_task(self._ask_anew(key, request))
                task.add_done_callback(lambda _: self._under_way.pop(key, None))
            outcome = await asyncio.shield(task)
        tally.ended[outcome.status] += 1
        return outcome

    def stop(self, error: LeadproofError) -> None:
        """Let nothing more out; what is out is waited for, whoever waits for a place or a next try is not."""
        self.stopped = self.stopped or error
        self._pace.end()

    async def settle(self) -> None:
        """Wait for what is under way, whatever has become of those who asked."""
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    @property
    def out(self) -> int:
        """How many requests are out."""
        return self._pace.out

    def kept(self, key: str, request: Request) -> Outcome | None:
        """The outcome that the journal keeps of a request."""
        kept = self.journal.find(key)
        if kept is None or (self.terms.ask_again and kept.status != "ok" and key not in self._again):
            return None
        if request.form is None or kept.status != "ok":
            return Outcome(key, kept.status, kept.text, None, kept.detail, from_journal=True)
        try:
            return Outcome(key, "ok", kept.text, read_form(kept.text, request.form), from_journal=True)
        except NotInForm as error:  # the form has been narrowed since
            return Outcome(key, "malformed", kept.text, None, str(error), from_journal=True)

    async def _ask_anew(self, key: str, request: Request) -> Outcome:
        if self.must_stay(request):
            return Outcome(key, "refused", detail="may-not-leave")
        try:
            pictures = {part.ref: await self.pictures.get(part) for part in request.images}
        except UnreadableFile as error:
            return Outcome(key, "failed", detail=str(error))
        messages: tuple[Message, ...] = request.messages
        patience, repairs = Patience(self.terms.tries), 0
        while not self.stopped:
            bound = self.till.bound(request, pictures, messages[len(request.messages) :])
            if not await self.till.reserve(bound):
                return Outcome(key, "unasked", detail="budget")
            try:
                sent = await self._attempt(key, request, messages, pictures, bound)
            except _NotSent:
                continue
            except Failure as failure:
                wait = patience.wait(failure)
                if wait is None:
                    return Outcome(key, "failed", detail=failure.said)
                self.till.tally.retried += 1
                await self._pace.rest(wait)
                continue
            kept, parsed = judged(sent.reply, request)
            if kept.status == "malformed" and repairs < self.terms.tries.repairs and sent.reply.finish != "length":
                repairs += 1
                self.till.tally.retried += 1
                await self.journal.received(sent.attempt, sent.reply, sent.usd)
                messages = (*request.messages, *repair(sent.reply, kept.detail, request))
                continue
            await self.journal.keep(sent.attempt, self.asked, request, sent.reply, sent.usd, kept)
            return Outcome(key, kept.status, kept.text, parsed, kept.detail)
        return Outcome(key, "unasked", detail="stopped")

    async def _attempt(
        self, key: str, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], bound: Bound
    ) -> _Received:
        """One attempt, when its turn has come; what was reserved for it is settled however it ends."""
        entered = await self._pace.enter()
        try:
            while self._goes_alone(request):
                async with self._first:
                    if self._goes_alone(request):
                        return await self._send(key, request, messages, pictures, bound, entered)
            return await self._send(key, request, messages, pictures, bound, entered)
        except _NotSent:
            self._pace.leave(good=False)
            self.till.release(bound)
            raise

    def _goes_alone(self, request: Request) -> bool:
        """Whether a request goes before all others, for them to learn from it: what the server takes and counts."""
        unknown = self._learning is not None and not self._learning.knows(request)
        return not self.stopped and (unknown or (self.till.capped and not self.till.tally.received))

    async def _send(
        self,
        key: str,
        request: Request,
        messages: Sequence[Message],
        pictures: Mapping[str, Picture],
        bound: Bound,
        entered: float,
    ) -> _Received:
        if self.stopped:
            raise _NotSent
        if not self.till.holds(bound):
            raise _NotSent  # meanwhile the server was seen to count more: set more aside first
        attempt = await self.journal.sending(key, request, reserved=bound.usd, durable=self.till.capped)
        self.till.tally.asked += 1
        try:
            turn = (len(messages) - len(request.messages)) // 2
            reply = await self.model.ask(request, messages, pictures, f"{key}-{turn}" if turn else key)
        except Failure as failure:
            if self._is_refusal(failure):
                return self._refused(attempt, failure, bound)
            self._pace.leave(good=False)
            self._failed(failure, attempt, entered, bound)
            raise
        except BaseException:
            self._pace.leave(good=False)
            self.till.release(bound, lost=True)
            raise
        self._pace.leave(good=True)
        if reply.pause:
            self._pace.pause(reply.pause)
        self._breaker.note(None)
        usage, usd = self.till.charge(bound, reply)
        return _Received(attempt, replace(reply, usage=usage), usd)

    def _is_refusal(self, failure: Failure) -> bool:
        """Whether it concerns this one request; a server that has taken none yet turns them all down."""
        return isinstance(failure, Unwilling) or (
            isinstance(failure, Rejected) and failure.alone and self.till.tally.received > 0
        )

    def _refused(self, attempt: Attempt, failure: Failure, bound: Bound) -> _Received:
        self._pace.leave(good=True)
        self._breaker.note(None)
        self.till.release(bound)
        return _Received(attempt, Reply("", Usage(), finish="content_filter", refusal=failure.said), 0.0)

    def _failed(self, failure: Failure, attempt: Attempt, entered: float, bound: Bound) -> None:
        lost, kind = isinstance(failure, Lost), type(failure).__name__.lower()
        self.till.release(bound, lost=lost)
        self.journal.unanswered(attempt, kind, failure.said)
        self.till.tally.failures[kind] += 1
        if isinstance(failure, Throttled):
            self._pace.throttled(entered, failure.retry_after)
        elif isinstance(failure, Down) and failure.retry_after:
            self._pace.pause(failure.retry_after)
        try:
            if isinstance(failure, Rejected):
                advice = failure.fix or "See to the model's name, the address and the key."
                said = failure.said.rstrip(".")
                again = "" if "run it again" in advice else " Then run it again: what was received is kept."
                fix = advice + again
                who = "the model" if self.model.host is None else "the model's server"
                raise WorkFailed(f"{who} turned the request down: {said}", fix=fix)
            self._breaker.note(failure, alone=self._first.locked())
        except WorkFailed as error:
            self.stop(error)

    def must_stay(self, request: Request) -> bool:
        """Whether it holds an image that may not be sent where this model is."""
        host = self.model.host
        if host is None or host in LOOPBACK or host in self.terms.allow_hosts:
            return False
        return any(not part.may_leave for part in request.images)
