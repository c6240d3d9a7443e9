"""Taking images and captions into a run: identity, near-duplicate clusters, splits.

In: sources and files of facts. Out: committed ``ingest/`` and ``facts/`` stages.
"""

from datagen.ingest.clusters import Known, Placement, place
from datagen.ingest.probe import ProbedImage, SkippedImage, probe
from datagen.ingest.stage import ingest

__all__ = ["Known", "Placement", "ProbedImage", "SkippedImage", "ingest", "place", "probe"]
