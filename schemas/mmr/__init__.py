"""Rows of the MMR benchmark's shape: read, written, turned into pairs and back.

In: JSON or JSONL files of rows, or pairs. Out: rows with their questions split into stem and options,
pairs, and the rows that cannot become a pair, named.
"""

from schemas.mmr.json_rows import JsonRow, read_json_rows
from schemas.mmr.pairing import Orphan, RowPair, category_of, pair_by_id
from schemas.mmr.pairs import PairsRead, RowFault, content_faults, pairs_to_rows, rows_to_pairs
from schemas.mmr.question_text import QuestionText, format_question, split_question
from schemas.mmr.rows import MmrRow, read_rows, rows_to_json, write_rows

__all__ = [
    "JsonRow",
    "MmrRow",
    "Orphan",
    "PairsRead",
    "QuestionText",
    "RowFault",
    "RowPair",
    "category_of",
    "content_faults",
    "format_question",
    "pair_by_id",
    "pairs_to_rows",
    "read_json_rows",
    "read_rows",
    "rows_to_json",
    "rows_to_pairs",
    "split_question",
    "write_rows",
]
