"""Following chains over the journal, as far as replies are there, and drafting what they ask next."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from mllm.asking import Asker
from mllm.batch.collecting import Collector
from mllm.batch.draft import Draft, line_name
from mllm.batch.limits import Limits
from mllm.batch.patiently import REPEAT
from mllm.batch.sending import Sender
from mllm.batch.server import BatchModel
from mllm.chains import Chain
from mllm.journal.batches import HeldLine
from mllm.picture import Picture
from mllm.reply import Outcome
from mllm.request import Request, form_mark, request_key
from mllm.till import Till
from schemas.errors import UnreadableFile, WorkFailed

T = TypeVar("T")
AT_ONCE = 8  # chains followed side by side, so that images are encoded on several cores


class Following:
    """Follows all chains, once a round; of those that have ended nothing is held but their place."""

    def __init__(self, asker: Asker, model: BatchModel, sender: Sender, collector: Collector, limits: Limits) -> None:
        self.over_budget = False  # whether this round left something out for which there was no room
        self._asker, self._model, self._sender, self._collector = asker, model, sender, collector
        self._limits = limits
        self._ended: set[int] = set()
        self._probing, self._sending = asyncio.Lock(), asyncio.Lock()
        self._probed = 0
        self._draft: Draft | None = None
        self._drafting: set[str] = set()  # keys on their way into a draft that is not sent yet

    async def follow(self, chains: Iterable[Chain[T]], on_done: Callable[[T], None], *, last: bool = False) -> None:
        """Follow the chains that have not ended; what they ask and nobody has answered goes out.

        Args:
            chains: All of them, in the same order as ever.
            on_done: Takes the results of those that end.
            last: Whether to end, with a request unasked, what found no room in the budget.

        Raises:
            WorkFailed: The server turns requests or batches down, or fails on and on.
        """
        self.over_budget = False
        self._drafting.clear()
        waiting = iter(enumerate(chains))

        async def worker() -> None:
            for number, chain in waiting:
                if number not in self._ended:
                    await self._one(number, chain, on_done, last=last)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(AT_ONCE, self._asker.terms.concurrency)):
                    group.create_task(worker())
            await self._send()
        finally:
            if self._draft:
                self._draft.delete()

    async def _one(self, number: int, chain: Chain[T], on_done: Callable[[T], None], *, last: bool) -> None:
        told: list[Outcome] = []
        try:
            requests = next(chain)
            while True:
                found = [await self._outcome(one, last=last) for one in requests]
                outcomes = [one for one in found if one is not None]
                if len(outcomes) < len(found):
                    chain.close()
                    return
                told += outcomes
                requests = chain.send(outcomes)
        except StopIteration as end:
            self._ended.add(number)
            self._count(told)
            on_done(end.value)

    async def _outcome(self, request: Request, *, last: bool) -> Outcome | None:
        """The outcome of a request; None where it is out, or will be."""
        asker = self._asker
        key = request_key(asker.asked, request)
        if (kept := asker.kept(key, request)) is not None:
            return kept
        if key in self._collector.given_up:
            return Outcome(key, "failed", detail=self._collector.given_up[key])
        if last:
            return Outcome(key, "unasked", detail="budget")
        if self.over_budget or key in self._drafting or asker.journal.batches.is_out(key):
            return None
        if asker.must_stay(request):
            return Outcome(key, "refused", detail="may-not-leave")
        self._drafting.add(key)
        try:
            pictures = {part.ref: await asker.pictures.get(part) for part in request.images}
        except UnreadableFile as error:
            self._drafting.discard(key)
            return Outcome(key, "failed", detail=str(error))
        outcome = await self._probe(request)
        if outcome is None and not self.over_budget:
            await self._enter(key, request, pictures)
        else:
            self._drafting.discard(key)
        return outcome

    async def _enter(self, key: str, request: Request, pictures: Mapping[str, Picture]) -> None:
        """Put a request into a draft, if there is room for it in the budget."""
        till, journal = self._asker.till, self._asker.journal
        bound = till.bound(request, pictures)
        if not await till.reserve(bound):
            self.over_budget = True
            return
        till.budget.settle(bound.usd, bound.usd)  # spent until it is answered, which may be days
        line = HeldLine(
            journal.number(), key, request.step, request.about, bound.usd, form_mark(request.form), bound.prompt,
            bound.completion,
        )  # fmt: skip
        content = self._model.batch_line(line_name(key, line.attempt), request, request.messages, pictures)
        async with self._sending:
            if self._draft and not self._draft.has_room(len(content)):
                await self._send()
            try:
                self._draft = self._draft or Draft(journal.path.parent, self._limits)
                self._draft.add(line, content)
            except OSError as error:
                fix = "Make room on the disk and repeat the command."
                raise WorkFailed(f"a batch's file cannot be written ({error.strerror})", fix=fix) from error

    async def _send(self) -> None:
        draft = self._draft
        if draft:
            await self._sender.send(draft)
            self._draft = None
            self._drafting -= draft.keys

    async def _probe(self, request: Request) -> Outcome | None:
        """Find out what the server takes, by one ordinary request at its full price; None once it is known."""
        if self._model.knows(request):
            return None
        asker, till = self._asker, self._asker.till
        async with self._probing:
            if self.over_budget or self._model.knows(request):
                return None
            full = Till(replace(till.tariff, share=1.0), till.detail, till.budget, till.tally)
            live, asked, ended = (
                Asker(asker.model, asker.journal, full, asker.terms),
                till.tally.asked,
                till.tally.ended,
            )
            before = till.tally.requests, ended.copy()
            outcome = await live.ask(request)
            till.tally.requests, till.tally.ended = before  # it is counted when its chain ends
            if live.stopped:
                raise live.stopped
            if outcome.detail == "budget":
                self.over_budget = True
                return None
            if outcome.status == "failed" and till.tally.asked > asked:
                raise WorkFailed(f"the model's server gives no reply: {outcome.detail}", fix=REPEAT)
            self._probed += 1
            return outcome

    def _count(self, told: list[Outcome]) -> None:
        tally = self._asker.till.tally
        tally.requests += len(told)
        for outcome in told:
            tally.ended[outcome.status] += 1
        kept = sum(tally.ended[status] for status in ("ok", "malformed", "refused"))
        tally.from_journal = max(0, kept - self._probed - self._collector.kept)
