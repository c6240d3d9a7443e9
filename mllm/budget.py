"""A hard cap on spending: nothing is sent whose worst case no longer fits."""

import asyncio
from math import ceil

NANO = 1_000_000_000  # amounts are kept in whole nano-dollars, so that they add up


class Budget:
    """What may still be spent, in USD; without a limit it only counts.

    What is in flight is reserved at its worst case. A lost reply's reservation stays spent, for the server may
    have charged it.
    """

    def __init__(self, limit: float | None, *, spent: float = 0.0) -> None:
        self.limit = limit
        self._limit = None if limit is None else int(limit * NANO)
        self._spent, self._reserved = ceil(spent * NANO), 0
        self._freed = asyncio.Event()

    @property
    def spent(self) -> float:
        """USD spent."""
        return self._spent / NANO

    @property
    def reserved(self) -> float:
        """USD set aside for what is in flight."""
        return self._reserved / NANO

    async def reserve(self, usd: float) -> bool:
        """Set so much aside, waiting for what is in flight if need be; False if it can no longer fit."""
        amount = ceil(usd * NANO)
        while self._limit is not None and self._spent + self._reserved + amount > self._limit:
            if not self._reserved:
                return False
            self._freed.clear()
            await self._freed.wait()
        self._reserved += amount
        return True

    def settle(self, reserved: float, cost: float) -> None:
        """Give back what was reserved and count what it cost: 0 if nothing was charged."""
        self._reserved -= ceil(reserved * NANO)
        self._spent += ceil(cost * NANO)
        self._freed.set()
