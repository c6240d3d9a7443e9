"""The journal: every reply that was paid for, durable before it is used."""

from mllm.journal.journal import Attempt, Journal, Kept, Spending

__all__ = ["Attempt", "Journal", "Kept", "Spending"]
