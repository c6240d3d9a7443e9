"""Captions in: one file a format, each yielding the same record.

In: a file or folder as its makers write it. Out: :class:`SourceRecord`, in the source's order.
A record that cannot be used is raised by name, or handed to ``on_invalid`` and skipped.
"""

from datagen.sources.record import Columns, OnInvalid, Source, SourceOptions, SourceRecord, raise_invalid
from datagen.sources.registry import SOURCES, detect

__all__ = [
    "SOURCES",
    "Columns",
    "OnInvalid",
    "Source",
    "SourceOptions",
    "SourceRecord",
    "detect",
    "raise_invalid",
]
