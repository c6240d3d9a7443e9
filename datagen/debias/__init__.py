"""Debiasing: the fewest pairs taken out, or lettered anew, that bring blind readers to chance.

In: pairs. Out: drops with what gave each away, new letter orders, and the leak audit before and after.
"""

from datagen.debias.debiasing import REASON, Debiased, debias

__all__ = ["REASON", "Debiased", "debias"]
