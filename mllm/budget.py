"""A hard cap on spending: nothing is sent whose worst case no longer fits."""

import asyncio


class Budget:
    """What may still be spent, in USD; without a limit it only counts.

    What is in flight is reserved at its worst case. A lost reply's reservation stays spent, for the server may
    have charged it.
    """

    def __init__(self, limit: float | None, *, spent: float = 0.0) -> None:
        self.limit, self.spent, self.reserved = limit, spent, 0.0
        self._freed = asyncio.Event()
        self.exhausted = False

    async def reserve(self, usd: float) -> bool:
        """Set so much aside, waiting for what is in flight if need be; False if it can no longer fit."""
        while self.limit is not None and self.spent + self.reserved + usd > self.limit:
            if not self.reserved:
                self.exhausted = True
                return False
            self._freed.clear()
            await self._freed.wait()
        self.reserved += usd
        return True

    def settle(self, reserved: float, cost: float) -> None:
        """Give back what was reserved and count what it cost: 0 if nothing was charged."""
        self.reserved = max(0.0, self.reserved - reserved)
        if self.reserved < 1e-12:
            self.reserved = 0.0
        self.spent += cost
        self._freed.set()
