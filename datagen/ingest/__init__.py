"""Taking images and captions into a run: identity, near-duplicate clusters, splits.

In: sources and files of facts. Out: committed ``ingest/`` and ``facts/`` stages.
"""

from datagen.ingest.clusters import Known, Placed, Placement, place
from datagen.ingest.looking import Skipped
from datagen.ingest.probe import Limits, ProbedImage, SkippedImage, Wanted, probe
from datagen.ingest.reading import IngestOptions
from datagen.ingest.stage import Ingested, ingest

__all__ = [
    "IngestOptions",
    "Ingested",
    "Known",
    "Limits",
    "Placed",
    "Placement",
    "ProbedImage",
    "Skipped",
    "SkippedImage",
    "Wanted",
    "ingest",
    "place",
    "probe",
]
