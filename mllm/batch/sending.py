"""Sending a batch so that a kill at any moment neither loses it nor pays for it twice.

The file goes up; then the journal notes what is about to be created, with its worst case reserved; then the batch
is created, bearing our mark; then the server's name for it is noted. Killed in between, the next command looks for
the mark among the account's batches, and adopts the batch or frees what was reserved.
"""

import asyncio
import time
from contextlib import aclosing

from mllm.asking import Asker
from mllm.batch.draft import Draft
from mllm.batch.patiently import gave_up, patiently
from mllm.batch.server import BatchServer, RemoteBatch
from mllm.failure import Failure, Rejected, Throttled
from mllm.journal import Attempt
from mllm.journal.batches import SentBatch
from mllm.journal.statements import unanswered
from mllm.patience import Patience

CLOCKS_APART = 86_400.0  # seconds that the server's clock may differ from ours
YOUNG = 60.0  # seconds within which a batch that was just created may not be listed yet


class Sender:
    """Sends batches, and finds out what became of those that a killed command sent."""

    def __init__(self, asker: Asker, server: BatchServer) -> None:
        self._asker, self._server, self._book = asker, server, asker.journal.batches

    async def send(self, draft: Draft) -> None:
        """Send what a draft holds.

        Raises:
            WorkFailed: The server turns it down, or fails on and on; what is not sent is not reserved.
        """
        draft.finish()
        tries, name = self._asker.terms.tries, f"leadproof-{draft.id}.jsonl"
        file = await patiently(lambda: self._server.upload(draft.path, name), tries, what="the upload of a batch")
        await self._book.begin(draft.id, self._asker.asked, draft.lines, sent=time.time())
        self._asker.till.tally.asked += len(draft.lines)
        draft.delete()
        await self._create(SentBatch(draft.id, None, time.time(), len(draft.lines)), file)

    async def settle(self) -> None:
        """Find the batches of which a killed command did not learn whether they were created."""
        for batch in self._book.open(self._asker.asked.endpoint, self._asker.asked.model):
            if batch.remote is None:
                found = await self._look_for(batch)
                if found:
                    await self._book.created(batch.id, found.id)
                else:
                    await self.free(batch, "unsent", "")

    async def free(self, batch: SentBatch, ended: str, said: str) -> None:
        """End a batch: what it has not answered is not charged."""
        for page in self._book.unheard(batch.id):
            notes = [unanswered(Attempt(line.attempt, line.key), ended, said) for line in page]
            await self._book.note(notes)
            self._asker.till.budget.settle(0.0, -sum(line.reserved for line in page))
        await self._book.ended(batch.id, ended)

    async def _create(self, batch: SentBatch, file: str) -> None:
        patience = Patience(self._asker.terms.tries)
        while True:
            try:
                made = await self._server.create(file, batch.id)
                break
            except Failure as failure:
                if isinstance(failure, Rejected):
                    await self.free(batch, "rejected", failure.said)
                wait = patience.wait(failure)
                if wait is None:
                    raise gave_up(failure, "creating a batch") from failure
                await asyncio.sleep(wait)
                known = None if isinstance(failure, Throttled) else await self._listed(batch)
                if known:
                    made = known
                    break
        await self._book.created(batch.id, made.id)

    async def _look_for(self, batch: SentBatch) -> RemoteBatch | None:
        found = await self._listed(batch)
        tries = self._asker.terms.tries
        for doubled in range(3):
            if found or time.time() - batch.sent > YOUNG:
                break
            await asyncio.sleep(tries.first_wait * 2**doubled)
            found = await self._listed(batch)
        return found

    async def _listed(self, batch: SentBatch) -> RemoteBatch | None:
        async def look() -> RemoteBatch | None:
            async with aclosing(self._server.newest()) as all_of_them:
                async for one in all_of_them:
                    if one.mark == batch.id:
                        return one
                    if one.created < batch.sent - CLOCKS_APART:
                        break
            return None

        return await patiently(look, self._asker.terms.tries, what="the list of batches")
