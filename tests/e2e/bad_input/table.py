"""The table: every row of every file."""

from tests.e2e.bad_input import (
    annotating,
    asking,
    board,
    choosing,
    comparing,
    containers,
    evaluating,
    facts,
    flags,
    pairs,
    replies,
    run_folder,
    settings,
    sources,
)
from tests.e2e.bad_input.case import Case

_FILES = (
    flags, annotating, asking, board, choosing, comparing, evaluating, pairs, replies, settings, sources, containers,
    facts, run_folder,
)  # fmt: skip
CASES: list[Case] = [case for file in _FILES for case in file.CASES]
