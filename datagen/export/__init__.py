"""Kept pairs out, in the formats that trainers and benchmarks read.

In: the pairs that ``filter/`` kept. Out: ``export/<format>/`` with a file a split and the images,
stripped of metadata. One file and one line in the registry a format.
"""

from datagen.export.contract import Exporter, ExportOptions, ExportPair, Images
from datagen.export.registry import EXPORTERS
from datagen.export.stage import Exported, export

__all__ = ["EXPORTERS", "ExportOptions", "ExportPair", "Exported", "Exporter", "Images", "export"]
