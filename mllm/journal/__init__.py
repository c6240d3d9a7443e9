"""The journal: every reply that was paid for, durable before it is used."""

from mllm.journal.journal import Attempt, Journal, Kept, Spending, read_spending
from mllm.journal.layout import JOURNAL_FILE

__all__ = ["JOURNAL_FILE", "Attempt", "Journal", "Kept", "Spending", "read_spending"]
