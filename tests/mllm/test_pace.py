import asyncio
import time

import pytest

from mllm.pace import Pace, asked_pause, span


def test_no_more_go_out_than_the_limit() -> None:
    pace, most = Pace(4), 0

    async def one() -> None:
        nonlocal most
        await pace.enter()
        most = max(most, pace.out)
        await asyncio.sleep(0)
        pace.leave(good=True)

    async def main() -> None:
        await asyncio.gather(*(one() for _ in range(40)))

    asyncio.run(main())
    assert most == 4


def test_a_429_halves_the_limit_once_for_all_that_were_out() -> None:
    async def main() -> Pace:
        pace = Pace(16)
        entered = [await pace.enter() for _ in range(16)]
        for moment in entered:
            pace.leave(good=False)
            pace.throttled(moment, None)
        return pace

    pace = asyncio.run(main())
    assert (pace.limit, pace.halved) == (8, 1)


def test_it_halves_again_for_one_that_went_out_later_and_recovers_by_sixteenths() -> None:
    async def main() -> list[int]:
        pace, limits = Pace(32), []
        for _ in range(2):
            moment = await pace.enter()
            pace.leave(good=False)
            pace.throttled(moment, None)
            limits.append(pace.limit)
        for _ in range(260):
            await pace.enter()
            pace.leave(good=True)
            limits.append(pace.limit)
        return limits

    limits = asyncio.run(main())
    assert limits[:2] == [16, 8]
    assert limits[2 + 7] == 10, "a full round of replies later"
    assert limits[-1] == 32
    assert limits[2:] == sorted(limits[2:])


def test_retry_after_lets_nothing_out_until_then() -> None:
    async def main() -> float:
        pace = Pace(4)
        moment = await pace.enter()
        pace.leave(good=False)
        pace.throttled(moment, 0.15)
        began = time.monotonic()
        await asyncio.gather(*(pace.enter() for _ in range(2)))
        return time.monotonic() - began

    assert asyncio.run(main()) >= 0.15


def test_whoever_waits_while_the_limit_rises_gets_in() -> None:
    async def main() -> int:
        pace = Pace(2)
        await pace.enter()
        await pace.enter()
        waiting = [asyncio.create_task(pace.enter()) for _ in range(3)]
        await asyncio.sleep(0)
        for _ in range(3):
            pace.leave(good=True)
            await asyncio.sleep(0.01)
        return sum(task.done() for task in waiting)

    assert asyncio.run(main()) == 3


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1),
        ("6m0s", 360),
        ("20ms", 0.02),
        ("1.5", 1.5),
        ("1h2m3s", 3723),
        ("", None),
        ("soon", None),
        ("5x", None),
    ],
)
def test_spans(text: str, seconds: float | None) -> None:
    assert span(text) == (seconds if seconds is None else pytest.approx(seconds))


def test_the_servers_window_is_waited_for_only_when_nothing_is_left_in_it() -> None:
    headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "2s"}
    assert asked_pause(headers) == 2
    assert asked_pause({**headers, "x-ratelimit-remaining-requests": "1"}) == 0
    assert asked_pause({**headers, "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"}) == 9
