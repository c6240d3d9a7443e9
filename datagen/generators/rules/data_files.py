"""The rules' own data files, by name."""

from functools import partial

from datagen import data_files

__all__ = ["load"]

load = partial(data_files.load, "datagen.generators.rules")
