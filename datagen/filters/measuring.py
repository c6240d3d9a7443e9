"""Measuring pairs: what scores by itself in batches, and what takes all pairs or a model of texts or images."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from datagen.filters.at_hand import NO_EXTRA, NO_IMAGE_MODEL, AtHand, Space
from datagen.filters.captions import Captions
from datagen.filters.contract import Filter
from datagen.filters.grounding import Grounding, Stated
from datagen.filters.grounding import measure as measure_grounding
from datagen.filters.near_duplicates import NearDuplicates
from datagen.filters.near_duplicates import measure as measure_likeness
from datagen.filters.progress import Watching
from datagen.filters.scoring import scores_of, with_columns
from schemas.run import RunFolder
from schemas.tables import to_table


@dataclass
class Measured:
    """What is known of pairs."""

    scores: pa.Table  # pair_id and filter.column, a row a pair
    edges: pa.Table
    not_measured: dict[str, str] = field(default_factory=dict)  # by filter: why
    without: frozenset[str] = frozenset()  # pairs that came after stored scores


def measure(
    run: RunFolder, pairs: pa.Table, filters: Sequence[Filter], models: AtHand, space: Space, watching: Watching
) -> Measured:
    """Measure pairs by every filter that needs no verifier.

    Args:
        run: Whose images and captions they are of.
        pairs: The pairs.
        filters: Who measures.
        models: Of texts and images.
        space: Learns the pairs' vectors where they are computed.
        watching: Who is told how it goes.
    """
    captions = Captions(run) if any("captions" in one.wants for one in filters) else None
    with watching("Scoring") as (total, more):
        total(len(pairs))
        scores = scores_of(pairs, filters, more, captions=captions)
    found = Measured(scores, to_table("edges", []))
    for one in filters:
        if isinstance(one, Grounding):
            _ground(one, pairs, models, found, watching)
        elif isinstance(one, NearDuplicates):
            _compare(one, run, pairs, models, space, found, watching)
    return found


def _ground(one: Grounding, pairs: pa.Table, models: AtHand, found: Measured, watching: Watching) -> None:
    encoder = models.image
    if encoder is None:
        found.not_measured[one.name] = NO_IMAGE_MODEL
        return
    pictures = models.pictures()

    def score_of(asked: Sequence[Stated]) -> list[float | None]:
        shown = [pictures.get(stated.image) for stated in asked]
        with watching("Grounding") as (total, more):
            there = [stated.text for stated, picture in zip(asked, shown, strict=True) if picture]
            total(len(set(filter(None, shown))) + len(set(there)))
            images = encoder.encode([picture for picture in shown if picture], on_progress=more)
            texts = encoder.encode_texts(there, on_progress=more)
        cosines = iter(np.einsum("ij,ij->i", images, texts, dtype=np.float64).tolist() if there else [])
        return [next(cosines) if picture else None for picture in shown]

    found.scores = with_columns(one, found.scores, measure_grounding(pairs, score_of))


def _compare(
    one: NearDuplicates,
    run: RunFolder,
    pairs: pa.Table,
    models: AtHand,
    space: Space,
    found: Measured,
    watching: Watching,
) -> None:
    if models.text is None:
        found.not_measured[one.name] = NO_EXTRA
        return
    ingested = run.current("ingest")
    rows = ingested.table("images", ["image", "cluster"]).to_pylist() if ingested else []
    images = _image_vectors(models, watching) if models.image is not None and one.settings.across < 1 else None
    with watching("Embedding") as (total, more):
        compared = measure_likeness(
            pairs,
            {row["image"]: row["cluster"] for row in rows},
            models.text,
            one.settings,
            images=images,
            on_texts=total,
            on_progress=more,
        )
    if compared.vectors is not None:
        space.learn(compared.vectors)
    found.scores = with_columns(one, found.scores, compared.columns)
    found.edges = pa.concat_tables([found.edges, compared.edges])


def _image_vectors(models: AtHand, watching: Watching) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    pictures = list(models.pictures().values())
    if models.image is None:
        return {}
    with watching("Embedding images") as (total, more):
        total(len(pictures))
        vectors = models.image.encode(pictures, on_progress=more)
    return {picture.ref: vector for picture, vector in zip(pictures, vectors, strict=True)}
