"""Captions in: one file a format, each yielding the same record.

In: a file as its makers write it. Out: :class:`SourceRecord`, one an image, in the file's order.
A record that cannot be used is raised by name, or handed to ``on_invalid`` and skipped.
"""

from datagen.sources.record import OnInvalid, Source, SourceRecord, raise_invalid
from datagen.sources.registry import SOURCES, detect

__all__ = ["SOURCES", "OnInvalid", "Source", "SourceRecord", "detect", "raise_invalid"]
