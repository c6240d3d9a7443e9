"""Cluster and split of the images that were found and are new.

Perceptual hashes are compared in memory: some sixty bytes an image, those of the run included. An image that
resembles another, and only that, takes a few hundred bytes more; all others found clusters of their own.
"""

from collections.abc import Sequence
from sqlite3 import Connection

import numpy as np

from datagen.ingest.closeness import close_pairs
from datagen.ingest.clusters import Bridge, Known, Placement, founded_by, place
from schemas.config import RunSettings, Split


def place_found(
    db: Connection, *, distance: int, settings: RunSettings, split: Split | None = None
) -> Sequence[Bridge]:
    """Place all images of ``looked`` that are not among ``images``, into ``placed``.

    Args:
        db: The scratch database.
        distance: As for :func:`datagen.ingest.clusters.place`, as are the rest.
        settings: Seed and shares of the splits.
        split: A split for clusters that are new, instead of a seeded one.

    Returns:
        The images that would join clusters of two splits, and so are not placed.
    """
    db.execute(_NEW)
    db.execute("CREATE TABLE alike (look PRIMARY KEY) WITHOUT ROWID")
    db.execute(_ALIKE)
    db.executemany("INSERT OR IGNORE INTO alike VALUES (?)", [(f"{value:016x}",) for value in _close(db, distance)])
    new = [Known(image, phash) for image, phash in db.execute(_NEW_ALIKE)]
    existing = {
        image: (Known(image, phash), Placement(cluster, into))
        for image, phash, cluster, into in db.execute(_HELD_ALIKE)
    }
    found = place(new, existing, distance=distance, settings=settings, split=split)
    db.executemany(_PLACED, ((image, at.cluster, at.split) for image, at in found.placements.items()))
    lone = ((image, founded_by(image, settings, split)) for (image,) in db.execute(_LONE))
    db.executemany(_PLACED, ((image, at.cluster, at.split) for image, at in lone))
    return found.bridges


def _close(db: Connection, distance: int) -> list[int]:
    """The hashes that others lie close to."""
    new, held = (
        np.fromiter((int(phash, 16) for (phash,) in db.execute(hashes)), np.uint64) for hashes in (_OF_NEW, _OF_HELD)
    )
    values = np.concatenate((new, held))
    found: list[int] = values[np.unique(close_pairs(values, np.arange(len(values)) < len(new), distance))].tolist()
    return found


# An image's look is its perceptual hash, or its reference where content alone decides.
_NEW = """
CREATE TABLE new AS SELECT DISTINCT coalesce(phash, image) AS look, image, phash
FROM looked WHERE image NOT IN (SELECT image FROM images) ORDER BY look, image
"""
_ALIKE = """
INSERT INTO alike SELECT look FROM new GROUP BY look
HAVING count(*) > 1 OR look IN (SELECT phash FROM images WHERE phash IS NOT NULL)
"""
_OF_NEW = "SELECT DISTINCT phash FROM new WHERE phash IS NOT NULL"
_OF_HELD = "SELECT phash FROM images WHERE phash IS NOT NULL EXCEPT SELECT phash FROM new"
_NEW_ALIKE = "SELECT image, phash FROM new WHERE look IN alike"
_HELD_ALIKE = "SELECT min(image), phash, cluster, split FROM images WHERE phash IN alike GROUP BY phash"
_PLACED = "INSERT OR REPLACE INTO placed VALUES (?, ?, ?)"
_LONE = "SELECT image FROM new WHERE look NOT IN alike"
