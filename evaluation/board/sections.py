"""The board: evaluations and published figures, in a section for each benchmark, and who stands where."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evaluation.board.own import BLIND, baselines_of, is_blind, merged, pairs_by_category, row_of, ways
from evaluation.board.published import published
from evaluation.board.row import Rate, Row
from evaluation.results import Result
from evaluation.scores import Scorer
from schemas.taxonomy import DEFAULT_TAXONOMY
from schemas.text import plain

MMR = "MMR as released"
_MMR_KEY = (MMR, "")
_ROWS_ALONE = "rows of a file"
Key = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """Rows that can be held against each other: of the same questions, read by the same reader, best RA first.

    Args:
        title: The benchmark's name.
        digest: Of its content; empty where it is not known.
        reader: By which all replies were read.
        pairs: False-premise pairs.
        categories: In the taxonomy's order, then others.
        pairs_of: How many pairs a category has.
        rows: The rows.
        baselines: RA of rules that answer without looking, by name; empty where no evaluation tells.
        cited: Where published figures come from; empty without any.
    """

    title: str
    digest: str
    reader: Scorer
    pairs: int
    categories: tuple[str, ...]
    pairs_of: dict[str, int]
    rows: tuple[Row, ...]
    baselines: dict[str, Rate] = field(default_factory=dict)
    cited: str = ""

    def to_json(self) -> dict[str, Any]:
        """Under the names that machines read."""
        return {
            **vars(self),
            "categories": list(self.categories),
            "rows": [row.to_json() for row in self.rows],
            "baselines": {name: rate.to_json() for name, rate in self.baselines.items()},
        }


@dataclass(frozen=True)
class Board:
    """All sections: MMR first, then by name."""

    sections: tuple[Section, ...]

    def to_json(self) -> dict[str, Any]:
        """Under the names that machines read."""
        return {"sections": [section.to_json() for section in self.sections]}


def build_board(
    results: Sequence[Result], *, with_published: bool = True, scorer: Scorer = "strict", seed: int = 0
) -> Board:
    """Put evaluations into sections, beside the published figures of MMR.

    What stands in one section was asked the same questions: the digest of the benchmark and the ids and right letters
    of the rows are the same. Beside published figures, replies are read by the reader that these were read by; without
    them, and elsewhere, by ``scorer``.

    What was measured of a model in several evaluations with the same answers is one row. An evaluation without the
    image is no row where the same model was asked the same way with it: its RA stands there.

    Args:
        results: In any order; without any, the published figures alone.
        with_published: Whether to list the published figures; MMR's section is there even without own rows then.
        scorer: The reader whose letters count.
        seed: Of the intervals.

    Raises:
        InvalidPair: An evaluation holds no whole pair.
    """
    groups: dict[Key, list[Result]] = {_MMR_KEY: []} if with_published else {}
    for result in results:
        groups.setdefault(_MMR_KEY if is_mmr(result) else _key(result), []).append(result)
    sections = []
    for key, group in groups.items():
        beside = published().rows if with_published and key == _MMR_KEY else ()
        reader = published().reader if beside else scorer
        sections.append(_section(key, group, beside, reader, seed))
    return Board(tuple(sorted(sections, key=lambda one: (one.title != MMR, one.title.casefold(), one.digest))))


def is_mmr(result: Result) -> bool:
    """Whether an evaluation is of MMR as released.

    What is checked: 300 false-premise pairs, and as many in each category as MMR has. The questions themselves are not
    compared, for the release is no part of this package.
    """
    return pairs_by_category(result) == dict(published().pairs)


def _key(result: Result) -> Key:
    """The same for evaluations of the same questions: a ``--limit`` makes another."""
    asked = sorted(json.dumps([row.kind, row.id, row.question_type, row.gold]) for row in result.rows)
    return result.digest, hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _section(key: Key, group: Sequence[Result], beside: Sequence[Row], reader: Scorer, seed: int) -> Section:
    rows = _told_apart([*beside, *_own_rows(group, reader, seed)])
    rows = _standing(sorted(rows, key=lambda row: (-_share(row), -_both(row), row.model.casefold(), row.asked)))
    pairs_of = dict(published().pairs) if key == _MMR_KEY else pairs_by_category(group[0])
    found = [name for row in rows for name in row.ra_by_category]
    first = group[0] if group else None
    return Section(
        title=MMR if key == _MMR_KEY or first is None else plain(first.benchmark.strip(), limit=60) or _ROWS_ALONE,
        digest="" if key == _MMR_KEY or first is None else plain(first.digest, limit=16),
        reader=reader,
        pairs=max(row.pairs for row in rows),
        categories=_in_order(found),
        pairs_of=pairs_of,
        rows=tuple(rows),
        baselines=next(filter(None, map(baselines_of, group)), {}),
        cited=published().cited if beside else "",
    )


def _in_order(categories: Iterable[str]) -> tuple[str, ...]:
    found = set(categories)
    known = [name for name in DEFAULT_TAXONOMY.categories if name in found]
    return (*known, *sorted(found.difference(known)))


def _own_rows(group: Sequence[Result], reader: Scorer, seed: int) -> list[Row]:
    seeing = {(one.model, _but_blind(one)) for one in group if not is_blind(one)}
    blind = {}
    rows = []
    for result in merged(group):
        who = (result.model, _but_blind(result))
        row = row_of(result, reader=reader, seed=seed)
        if is_blind(result) and who in seeing:
            blind[who] = row.ra
        else:
            rows.append((who, is_blind(result), row))
    return [row if is_without else replace(row, blind=blind.get(who)) for who, is_without, row in rows]


def _but_blind(result: Result) -> tuple[str, ...]:
    return tuple(sorted(way for way in ways(result) if way != BLIND))


def _told_apart(rows: Sequence[Row]) -> list[Row]:
    """Rows of one name, asked the same way, are numbered in the order in which they were given."""
    times = Counter((row.model, row.asked) for row in rows)
    met: Counter[tuple[str, str]] = Counter()
    numbered = []
    for row in rows:
        name = (row.model, row.asked)
        met[name] += 1
        numbered.append(replace(row, asked=f"{row.asked}, no. {met[name]}") if times[name] > 1 else row)
    return numbered


def _standing(rows: Sequence[Row]) -> list[Row]:
    """Who is best, and whose interval overlaps the best's: a cautious sign, no test."""
    known = [row for row in rows if row.ra is not None]
    if len(known) < 2:
        return list(rows)
    top = max(_share(row) for row in known)
    best = [row for row in known if _share(row) == top]
    found: list[Row] = []
    for row in rows:
        if row.ra is None:
            found.append(row)
        elif _share(row) == top:
            found.append(replace(row, standing="best"))
        else:
            near = any(_overlap(row, one) for one in best)
            found.append(replace(row, standing="not told apart" if near else "below"))
    return found


def _overlap(row: Row, best: Row) -> bool:
    if row.ra is None or best.ra is None or row.ra.interval is None or best.ra.interval is None:
        return False
    return row.ra.interval.high >= best.ra.interval.low


def _share(row: Row) -> float:
    return -1.0 if row.ra is None else row.ra.share


def _both(row: Row) -> float:
    return -1.0 if row.contrast is None else row.contrast.both
