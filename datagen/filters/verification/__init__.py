"""Verification by models that did not make the pairs: they answer them, judge them, and answer them blind.

In: pairs that the other filters leave. Out: votes, as columns of ``scores.parquet``, and the decisions they come to.
Every reply is journalled before it is used.
"""

from datagen.filters.verification.decision import Verification, VerificationSettings
from datagen.filters.verification.stage import Progress, Voted, ask_verifiers, described

__all__ = ["Progress", "Verification", "VerificationSettings", "Voted", "ask_verifiers", "described"]
