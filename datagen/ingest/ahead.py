"""Work done ahead of whoever takes its results, by only so much that memory does not grow with it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(pool: Executor, work: Callable[[Item], Result], items: Iterable[Item], *, most: int) -> Iterator[Result]:
    """Results in the order of the items, like ``pool.map``, but with a bound.

    Args:
        pool: Where the work is done.
        work: To be done for each item.
        items: Drawn as their turn comes.
        most: How many are under way, or done and not yet taken, at once.
    """
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for one in waiting:
            one.cancel()
