"""The formats ``export`` writes."""

from datagen.export.contract import Exporter
from schemas.registry import Registry

EXPORTERS: Registry[Exporter] = Registry(
    kind="format",
    group="leadproof.exporters",
    builtin={
        "mmr": "datagen.export.mmr:export_mmr",
        "llava": "datagen.export.llava:export_llava",
        "vlmevalkit": "datagen.export.vlmevalkit:export_vlmevalkit",
        "lmms-eval": "datagen.export.lmms_eval:export_lmms_eval",
    },
)
