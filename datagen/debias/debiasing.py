"""``debias``: pairs in, what to drop and how to letter the rest out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from datagen.debias.letters import Order, balance_letters
from datagen.debias.standing import Standing
from datagen.debias.thinning import REASON, thin
from datagen.debias.trimming import trim
from evaluation.leaks import Asked, Audit, asked_of
from evaluation.leaks.audit import audit_asked
from schemas.ledger import Drop
from schemas.pair import Pair
from schemas.tables import pairs_of

__all__ = ["REASON", "Debiased", "Orders", "debias"]


@dataclass(frozen=True)
class Orders:
    """The letter orders of a pair's halves, as :class:`schemas.pair.Question` has them."""

    positive: Order
    negative: Order


@dataclass(frozen=True)
class Debiased:
    """What debiasing did.

    ``orders`` holds the pairs lettered anew alone. ``notes`` is for a manifest: the telltales found, and how many
    pairs went by each step.
    """

    drops: tuple[Drop, ...]
    orders: Mapping[str, Orders]
    before: Audit
    after: Audit
    notes: Mapping[str, Any]


def debias(
    pairs: Sequence[Pair] | pa.Table, *, seed: int, on_progress: Callable[[str], None] = lambda _: None
) -> Debiased:
    """Take out or letter anew the fewest pairs that bring blind readers to chance, in both polarities.

    First pairs are thinned by telltales, then trimmed by classifiers, then letters are balanced. Both halves of a
    pair go together. Open pairs, with nothing to choose from, always stay.

    Args:
        pairs: Records, or a ``pairs`` table; the same ones in another order give the same result.
        seed: Of all that is drawn.
        on_progress: Told what is begun.

    Raises:
        MissingExtra: scikit-learn is not installed.
    """
    records = list(pairs_of(pairs)) if isinstance(pairs, pa.Table) else list(pairs)
    records.sort(key=lambda pair: pair.pair_id)
    asked = asked_of(records)
    closed = {pair.pair_id: pair for pair in records if not pair.open}
    standing = Standing(tuple(closed), asked.positive, asked.leading)
    before = audit_asked(asked, seed=seed, on_progress=lambda group: on_progress(f"audit before: {group}"))
    on_progress("telltales")
    thinned = thin(standing, seed=seed)
    trimmed = trim(thinned.standing, seed=seed, on_round=lambda number: on_progress(f"classifiers: round {number}"))
    left = trimmed.standing
    positive = balance_letters(left.ids, left.positive, seed=seed)
    leading = balance_letters(left.ids, left.leading, seed=seed)
    orders = {
        one: Orders(
            _placed(closed[one].positive.order, positive.moved.get(one)),
            _placed(closed[one].negative.order, leading.moved.get(one)),
        )
        for one in left.ids
        if one in positive.moved or one in leading.moved
    }
    lettered = Standing(
        left.ids,
        _relettered(left.ids, left.positive, positive.moved),
        _relettered(left.ids, left.leading, leading.moved),
    )
    after = audit_asked(
        replace(lettered.asked, open_pairs=asked.open_pairs), seed=seed,
        on_progress=lambda group: on_progress(f"audit after: {group}"),
    )  # fmt: skip
    notes = {
        "pairs": len(closed),
        "open pairs let be": asked.open_pairs,
        "dropped by telltales": len(thinned.drops),
        "dropped by classifiers": len(trimmed.drops),
        "rounds of classifiers": trimmed.rounds,
        "lettered anew": len(orders),
        "telltales": [
            {"half": half, "sign": one.sign, "right": one.right, "offered": one.offered,
             "expected": round(one.expected, 1), "z": round(one.z, 1)}
            for half, one in thinned.telltales
        ],
    }  # fmt: skip
    return Debiased((*thinned.drops, *trimmed.drops), orders, before, after, notes)


def _placed(order: Order, moved: Order | None) -> Order:
    """An order after letters moved: letter i shows what letter ``moved[i]`` showed."""
    return order if moved is None else tuple(order[at] for at in moved)


def _relettered(ids: Sequence[str], asked: Sequence[Asked], moved: Mapping[str, Order]) -> tuple[Asked, ...]:
    found = []
    for one, question in zip(ids, asked, strict=True):
        order = moved.get(one)
        if order is not None:
            options = tuple(question.options[at] for at in order)
            question = replace(question, options=options, right=order.index(question.right))
        found.append(question)
    return tuple(found)
