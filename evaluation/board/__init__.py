"""The board: evaluations beside each other and beside the published figures.

In: evaluations as ``evaluation.results`` reads them. Out: sections of like rows, and from these Markdown, CSV and one
HTML page.
"""

from evaluation.board.row import Rate, Row
from evaluation.board.sections import Board, Section, build_board, is_mmr

__all__ = ["Board", "Rate", "Row", "Section", "build_board", "is_mmr"]
