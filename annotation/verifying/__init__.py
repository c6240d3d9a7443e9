"""From verdicts to data: what people agree on, what they reject, what they do not settle.

In: ``verdicts.jsonl``, assignments, gold. Out: ``verify/`` with verified pairs, corrections and drops.
"""

from annotation.verifying.corrections import Check, unchecked
from annotation.verifying.settle import Settled, settle
from annotation.verifying.stage import Verified, verify

__all__ = ["Check", "Settled", "Verified", "settle", "unchecked", "verify"]
