import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mllm.budget import Budget
from mllm.message import ImagePart, Message
from mllm.picture import Picture, Transform
from mllm.prices import known_prices, tariff
from mllm.reply import Reply, Usage
from mllm.request import Request
from mllm.till import Till
from mllm.tokens import image_tokens, request_tokens
from schemas.config import Price


@given(st.floats(0, 5), st.lists(st.tuples(st.floats(0.001, 1), st.floats(0, 1)), max_size=40), st.randoms())
def test_what_is_spent_never_exceeds_the_limit(
    limit: float, costs: list[tuple[float, float]], chance: random.Random
) -> None:
    """Each request costs a share of its worst case; all run at once and end in any order."""

    async def one(budget: Budget, worst: float, share: float) -> None:
        if await budget.reserve(worst):
            await asyncio.sleep(0)
            budget.settle(worst, worst * share)
            assert budget.spent <= limit + 1e-9

    async def main() -> Budget:
        budget = Budget(limit)
        chance.shuffle(costs)
        await asyncio.gather(*(one(budget, *cost) for cost in costs))
        return budget

    budget = asyncio.run(main())
    assert budget.spent <= limit + 1e-9
    assert budget.reserved == 0


def test_what_was_spent_before_counts() -> None:
    async def main() -> list[bool]:
        budget = Budget(1.0, spent=0.7)
        return [await budget.reserve(0.2), await budget.reserve(0.05)]

    assert asyncio.run(main()) == [True, True]
    assert asyncio.run(Budget(1.0, spent=0.7).reserve(0.31)) is False


@pytest.mark.parametrize(
    ("way", "size", "detail", "tokens"),
    [
        ("tiles 85 170", (1024, 1024), "high", 765),  # the public guide's own examples
        ("tiles 85 170", (2048, 4096), "high", 1105),
        ("tiles 85 170", (4096, 8192), "low", 85),
        ("patches 32 1536 1", (1024, 1024), "auto", 1024),
        ("patches 32 1536 1", (1800, 2400), "auto", 1536),
    ],
)
def test_images_are_counted_as_their_makers_say(way: str, size: tuple[int, int], detail: str, tokens: int) -> None:
    assert image_tokens(way, size, detail) == tokens  # type: ignore[arg-type]


def test_prices_are_found_by_name_and_dated_version_and_never_guessed() -> None:
    own = {"my-model": Price(input=1, output=2), "gpt-4o": Price(input=9, output=9)}
    assert tariff("my-model", own).usd(1_000_000, 500_000) == 2.0
    assert tariff("gpt-4o-2024-11-20", {}).usd(1_000_000, 0) == known_prices()["gpt-4o"].input
    assert tariff("openai/gpt-4o", own).usd(1_000_000, 0) == 9
    assert tariff("gpt-4o", {}, batch=True).usd(1_000_000, 0) == known_prices()["gpt-4o"].input / 2
    for unknown in ("gpt-4o-audio", "gpt-4", "gpt-4o-mini-tts", "llama"):
        assert tariff(unknown, {}).usd(1, 1) is None


def test_a_servers_larger_count_raises_the_bound_of_what_follows() -> None:
    picture = Picture("image/png", b"", 64, 64)
    request = Request("a", "pairs", (Message("user", (ImagePart("sha256:a", None), "hello")),), max_tokens=10)  # type: ignore[arg-type]
    till = Till(tariff("m", {"m": Price(input=1, output=1)}))
    bound = till.bound(request, {"sha256:a": picture})
    till.charge(bound, Reply("x", Usage(bound.prompt * 3, 1)))
    assert till.bound(request, {"sha256:a": picture}).usd > 2.5 * bound.usd


def test_a_reply_without_a_count_is_charged_at_its_bound() -> None:
    request = Request("a", "pairs", (Message("user", ("hello",)),), max_tokens=10)
    till = Till(tariff("m", {"m": Price(input=1e6, output=1e6)}))
    bound = till.bound(request, {})
    _, usd = till.charge(bound, Reply("x", Usage(measured=False)))
    assert usd == bound.prompt + 10
    assert till.tally.unmeasured == 1


@given(st.text(max_size=300), st.integers(1, 4096), st.integers(1, 4096))
def test_the_likely_count_is_within_the_bound(text: str, width: int, height: int) -> None:
    request = Request("a", "pairs", (Message("user", (text,)),))
    count = request_tokens(request, [Transform().size(width, height)], "auto")
    assert count.likely <= count.most + 8
