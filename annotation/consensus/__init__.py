"""What people's votes say of each pair together, and how far each of them can be relied on.

In: votes, and the truth of pairs where it is known. Out: a label and a confidence a pair, and skills. Pure, with numpy.
"""

from annotation.consensus.best_possible import best_possible
from annotation.consensus.contract import METHODS, Consensus, ConsensusResult, Method, Skill
from annotation.consensus.dawid_skene import NO_BELIEFS, Beliefs, dawid_skene
from annotation.consensus.deciding import adjudicated, consensus
from annotation.consensus.majority import majority

__all__ = [
    "METHODS",
    "NO_BELIEFS",
    "Beliefs",
    "Consensus",
    "ConsensusResult",
    "Method",
    "Skill",
    "adjudicated",
    "best_possible",
    "consensus",
    "dawid_skene",
    "majority",
]
