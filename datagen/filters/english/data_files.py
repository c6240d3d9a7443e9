"""The word lists that lie beside this knowledge of English, by name."""

from functools import partial

from datagen import data_files

__all__ = ["load"]

load = partial(data_files.load, "datagen.filters.english")
