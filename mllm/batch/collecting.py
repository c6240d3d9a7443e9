"""Taking in what batches brought: each line once, however often it is read.

A line whose attempt has ended in the journal is passed over, so a command that was killed halfway reads the files
again and goes on where it stood.
"""

from collections.abc import Iterable
from contextlib import aclosing

from pydantic import BaseModel

from mllm.asking import Asker
from mllm.batch.draft import attempt_in
from mllm.batch.limits import Limits
from mllm.batch.patiently import patiently
from mllm.batch.sending import Sender
from mllm.batch.server import Answer, BatchServer, Gone, RemoteBatch
from mllm.failure import Down, Failure, Lost, Rejected, Unwilling
from mllm.journal import Attempt
from mllm.journal.batches import HeldLine, SentBatch
from mllm.journal.statements import kept_under, received, unanswered
from mllm.journal.writer import Statement
from mllm.judging import judged
from mllm.reply import Reply, Usage
from mllm.request import Request, form_mark
from mllm.till import Bound
from schemas.errors import WorkFailed

GROUP = 256  # lines in one commit
_AGAIN = "Mend what it names, or wait where it names a limit, and repeat the command: what was received is kept."
_CANCELLED = "What it brought is kept: repeat the command to send the rest, or go on without --batch."


class Collector:
    """Takes in batches that have ended.

    ``given_up`` says why this command will not put a request into another batch, by key.
    """

    def __init__(
        self, asker: Asker, server: BatchServer, sender: Sender, forms: Iterable[type[BaseModel]], limits: Limits
    ) -> None:
        self.given_up: dict[str, str] = {}
        self.kept = 0  # replies that are kept
        self._asker, self._server, self._sender, self._limits = asker, server, sender, limits
        self._book, self._till = asker.journal.batches, asker.till
        self._forms = {form_mark(form): form for form in forms}
        self._group: dict[int, list[Statement]] = {}
        self._rejected: list[str] = []
        self._gone = ""

    async def collect(self, batch: SentBatch, remote: RemoteBatch) -> WorkFailed | None:
        """Take in a batch that has ended.

        Returns:
            What is to stop the command once all batches are taken in, if anything.

        Raises:
            WorkFailed: Its files cannot be had, or the disk is full.
        """
        self._rejected, self._gone = [], ""
        if remote.files:
            tries = self._asker.terms.tries
            await patiently(lambda: self._read(batch, remote), tries, what="the download of a batch")
        if remote.state in ("failed", "cancelled"):
            await self._sender.free(batch, remote.state, remote.said)
            if remote.state == "failed":
                return WorkFailed(f"the batch {remote.id} failed: {remote.said or 'no reason given'}", fix=_AGAIN)
            return WorkFailed(f"the batch {remote.id} was cancelled at the server", fix=_CANCELLED)
        for page in self._book.unheard(batch.id):  # no word of them in either file
            for line in page:
                self._take(line, Lost(self._gone) if self._gone else Down("no word of it in the batch's files"))
            await self._flush()
        await self._book.ended(batch.id, remote.state)
        if len(self._rejected) == batch.requests > 1:
            said = f"the batch {remote.id} was turned down line by line: {self._rejected[0]}"
            return WorkFailed(said, fix=_AGAIN)
        return None

    async def _read(self, batch: SentBatch, remote: RemoteBatch) -> None:
        lines = 0
        try:
            for file in remote.files:
                async with aclosing(self._server.answers(file)) as answers:
                    async for answer in answers:
                        lines += 1
                        self._take_in(batch, answer)
                        if len(self._group) >= GROUP:
                            await self._flush()
        except Gone as failure:
            self._gone = failure.said
        finally:
            await self._flush()
        if lines < remote.completed and not self._gone:
            raise Lost(f"the files of the batch {remote.id} hold {lines:,} lines, not {remote.completed:,}")

    def _take_in(self, batch: SentBatch, answer: Answer) -> None:
        named = attempt_in(answer.name)
        held = self._book.held(batch.id, named[1]) if named else None
        if named and held and held.key == named[0] and held.attempt not in self._group:
            self._take(held, answer.came)

    def _take(self, line: HeldLine, came: Reply | Failure) -> None:
        if isinstance(came, Unwilling):
            came = Reply("", Usage(), finish="content_filter", refusal=came.said)
        if isinstance(came, Reply):
            self._group[line.attempt] = self._reply(line, came)
            return
        word = "rejected" if isinstance(came, Rejected) else "lost" if isinstance(came, Lost) else "unanswered"
        if word != "lost":
            self._till.budget.settle(0.0, -line.reserved)
        self._till.tally.failures[f"in a batch: {word}"] += 1
        self._group[line.attempt] = [unanswered(_attempt(line), word, came.said)]
        if word == "rejected":
            self._rejected.append(came.said)
        if word == "rejected" or (self._book.failures(line.key) + 1) % self._limits.rounds == 0:
            self.given_up[line.key] = came.said
        else:
            self._till.tally.retried += 1

    def _reply(self, line: HeldLine, reply: Reply) -> list[Statement]:
        """What is noted of a reply; the first one that is not in the form is paid for and asked afresh."""
        self._till.budget.settle(0.0, -line.reserved)
        usage, usd = self._till.charge(Bound(line.prompt, line.completion, 0.0), reply)
        reply = Reply(reply.text, usage, reply.finish, reply.refusal)
        paid = received(_attempt(line), reply, usd)
        form = self._forms.get(line.form)
        if line.form and form is None:
            return [paid]  # asked by another version: nobody here asks for it
        request = Request(line.about, line.step, (), form)
        kept, _ = judged(reply, request)
        if kept.status == "malformed" and reply.finish != "length" and not self._book.replies(line.key):
            self._till.tally.retried += 1
            return [paid]
        self.kept += 1
        return [paid, kept_under(_attempt(line), self._asker.asked, request, kept)]

    async def _flush(self) -> None:
        group, self._group = self._group, {}
        if group:
            await self._book.note([statement for statements in group.values() for statement in statements])


def _attempt(line: HeldLine) -> Attempt:
    return Attempt(line.attempt, line.key)
