"""``import``: pairs that exist already, straight into ``generate/``, their images into ``ingest/``.

In: a file of rows of the benchmark's shape, or of MMR-data's conversations. Out: committed stages, and what
could not be taken, named.
"""

from datagen.importing.stage import Imported, import_pairs, split_named_by

__all__ = ["Imported", "import_pairs", "split_named_by"]
