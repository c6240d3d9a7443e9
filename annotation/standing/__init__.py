"""What is known of each annotator, and who should be talked to before their word counts.

In: verdicts, votes, gold labels, the consensus. Out: a standing an annotator, with reasons for concern in plain words.
"""

from annotation.standing.evidence import Evidence, gather
from annotation.standing.gold import GoldScore, score_gold
from annotation.standing.reasons import flags
from annotation.standing.standings import Standing, standings

__all__ = ["Evidence", "GoldScore", "Standing", "flags", "gather", "score_gold", "standings"]
