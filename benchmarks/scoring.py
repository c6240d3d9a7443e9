"""Scoring 10,000 questions: both readers, all figures and intervals, beside the released rule alone.

Run: ``.venv/bin/python -m benchmarks.scoring``. Limit: 5 CPU-seconds on one core for 10,000 questions whose replies
come in every style of ``tests/evaluation/reply_styles.py``, one in ten of them a long reasoning. The peer is the
released rule over the same replies: three string operations a reply, so no reader that reads can come near it.
"""

import os
import random
import sys
import time
from collections.abc import Sequence

from evaluation.readers.official import official
from evaluation.replies import Reply
from evaluation.score import score_rows
from schemas.mmr import MmrRow, format_question
from tests.evaluation.reply_styles import MEANT, NOTHING

QUESTIONS, IMAGES = 10_000, 1_500
LIMIT = 5.0  # CPU-seconds
CATEGORIES = ("attribute/number", "attribute/shape", "context/activity", "context/relation", "character/character")
THINGS = ("car", "dog", "kettle", "sign", "tree", "kite", "boat", "lamp")
COLOURS = ("red", "gray", "blue", "brown", "green", "white", "black")
LONG = "The picture shows a street in the early morning, with a few people and some trees. " * 12


def benchmark() -> list[MmrRow]:
    """Rows in pairs; no two questions have the same options in the same order."""
    rows: list[MmrRow] = []
    for pair in range(QUESTIONS // 2):
        thing, name = THINGS[pair % 8], f"{CATEGORIES[pair % 5]}/{pair:05}"
        colours = [COLOURS[(pair + step) % 7] for step in range(4)]
        options = [f"The {thing} number {pair} is {colour}." for colour in colours]
        for half in ("POS", "NEG"):
            text = format_question(f"What colour is {thing} number {pair}?", options)
            rows.append(MmrRow(name, f"{pair % IMAGES}.jpg", text, "ABCD"[(pair + len(rows)) % 4], half, len(rows) + 1))
    return rows


def replies_to(rows: Sequence[MmrRow]) -> list[Reply]:
    """A reply a row, of a style of its own."""
    chance = random.Random(0)
    styles = list({**MEANT, **NOTHING}.values())
    replies = []
    for row in rows:
        assert row.parsed is not None
        other = chance.choice([letter for letter in "ABCD" if letter != row.gold])
        text = chance.choice(styles)(row.parsed.by_letter, row.gold, other)
        replies.append(Reply(row.id, row.question_type, LONG + text if chance.random() < 0.1 else text, row.row))
    return replies


def main() -> int:
    """Measure, and say whether the limit holds."""
    rows = benchmark()
    replies = replies_to(rows)
    began = time.process_time()
    for reply in replies:
        official(reply.text)
    peer = time.process_time() - began
    began = time.process_time()
    result = score_rows(rows, replies)
    ours = time.process_time() - began
    print(f"{QUESTIONS:,} questions, {sum(len(one.text) for one in replies):,} characters of replies")
    print(f"released rule alone   {peer:6.3f} CPU-s")
    print(f"score                 {ours:6.3f} CPU-s, {ours / peer:,.0f} times the rule; limit {LIMIT:.0f} CPU-s")
    print(f"read by strict        {QUESTIONS - result.unread_by('strict'):,} of {QUESTIONS:,}")
    return 0 if ours < LIMIT else 1


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
