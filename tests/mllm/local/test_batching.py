"""Items that wait are worked off together: by kind, in order, and each with its own result."""

import asyncio
from collections.abc import Sequence

import pytest

from mllm.local.batching import Batcher


class Work:
    """Doubles numbers and remembers its batches; 13 fails by itself, 99 fails its whole batch."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []

    def __call__(self, items: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(items))
        if 99 in items:
            raise RuntimeError("all of it")
        return [ValueError("unlucky") if item == 13 else 2 * item for item in items]


async def results(batcher: Batcher[int, int], *items: int) -> list[int | BaseException]:
    return list(await asyncio.gather(*map(batcher.do, items), return_exceptions=True))


def test_those_that_wait_go_together_up_to_the_most() -> None:
    async def main() -> list[int | BaseException]:
        batcher = Batcher(work, most=4)
        try:
            return await results(batcher, *range(10))
        finally:
            await batcher.close()

    work = Work()
    assert asyncio.run(main()) == [2 * item for item in range(10)]
    assert work.batches == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_a_batch_is_of_one_kind_and_the_longest_wait_comes_first() -> None:
    async def main() -> list[int | BaseException]:
        batcher = Batcher(work, most=4, kind=lambda item: item % 2)
        try:
            return await results(batcher, 1, 2, 3, 4, 5)
        finally:
            await batcher.close()

    work = Work()
    asyncio.run(main())
    assert work.batches == [[1, 3, 5], [2, 4]]


def test_a_failure_is_its_own_items_and_an_exception_its_batchs() -> None:
    async def main() -> None:
        batcher = Batcher(work, most=2)
        found = await results(batcher, 12, 13, 99, 1, 5)
        assert [one if isinstance(one, int) else str(one) for one in found] == [
            24, "unlucky", "all of it", "all of it", 10,
        ]  # fmt: skip
        await batcher.close()

    work = Work()
    asyncio.run(main())


def test_who_has_given_up_is_left_out() -> None:
    async def main() -> None:
        batcher = Batcher(work, most=8)
        patient, hasty = (asyncio.create_task(batcher.do(item)) for item in (1, 2))
        await asyncio.sleep(0)
        hasty.cancel()
        assert await patient == 2
        with pytest.raises(asyncio.CancelledError):
            await hasty
        await batcher.close()

    work = Work()
    asyncio.run(main())
    assert work.batches == [[1]]
