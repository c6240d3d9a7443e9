"""Rows of the MMR benchmark's shape: read, written, turned into pairs and back; MMR-data's conversations read.

In: JSON or JSONL files of rows or conversations, or pairs. Out: rows with their questions split into stem and
options, pairs, and what cannot become a pair, named.
"""

from schemas.mmr.conversation_pairs import conversations_to_pairs
from schemas.mmr.conversations import Conversation, Exchange, are_conversations, to_conversation
from schemas.mmr.json_rows import JsonRow, place_in, read_json_rows
from schemas.mmr.pairing import Orphan, RowPair, category_of, halves_by_id, pair_by_id, why_no_pair
from schemas.mmr.pairs import PairsRead, RowFault, content_faults, pairs_to_rows, rows_to_pairs
from schemas.mmr.question_text import QuestionText, format_question, split_question
from schemas.mmr.rows import MmrRow, read_rows, rows_to_json, to_row, write_rows

__all__ = [
    "Conversation",
    "Exchange",
    "JsonRow",
    "MmrRow",
    "Orphan",
    "PairsRead",
    "QuestionText",
    "RowFault",
    "RowPair",
    "are_conversations",
    "category_of",
    "content_faults",
    "conversations_to_pairs",
    "format_question",
    "halves_by_id",
    "pair_by_id",
    "pairs_to_rows",
    "place_in",
    "read_json_rows",
    "read_rows",
    "rows_to_json",
    "rows_to_pairs",
    "split_question",
    "to_conversation",
    "to_row",
    "why_no_pair",
    "write_rows",
]
