"""Measuring which pairs are alike, down to a floor below the thresholds."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datagen.dedup import Edges, components, edges_above
from datagen.dedup.vectors import similarities
from datagen.embedding import Encoder, PairVectors, claims_in, pair_vectors
from datagen.filters.near_duplicates.likeness import alike, likeness
from datagen.filters.near_duplicates.possible import possible
from datagen.filters.near_duplicates.settings import NearDuplicatesSettings
from schemas.tables import to_table

Key = TypeVar("Key")

NAME = "near_duplicates"
COLUMNS = {"cluster": pa.string(), "english": pa.bool_()}
CLOSED = 64
"""Pairs of a group at most, of which every two have an edge, below the floor as well: what a loser has in common with
the survivor is then known though others link them."""


class Measured(NamedTuple):
    """What was measured of a set of pairs."""

    columns: pa.Table  # those of the filter, row for row
    edges: pa.Table  # rows of the ``edges`` table
    vectors: PairVectors | None  # row for row; None where some pairs were told apart without the text model


class _Found(NamedTuple):
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    likeness: NDArray[np.float64]


def measure(
    pairs: pa.Table,
    clusters: Mapping[str, str],
    encoder: Encoder,
    settings: NearDuplicatesSettings,
    *,
    images: Mapping[str, NDArray[np.float32]] | None = None,
    on_texts: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Measured:
    """Compare pairs with those of the same image, kind and category; with those of other images where that is on.

    Pairs whose contrast words alone tell them apart from all others of their image are not embedded (see
    :func:`.possible.possible`).

    Args:
        pairs: Rows of the ``pairs`` table.
        clusters: The cluster of near-duplicate photographs of each image; one that is not in it is its own.
        encoder: The text model.
        settings: Thresholds, from which edges are kept down to ``floor`` below.
        images: A vector of each image, (dim,) float32, L2-normalised, where an image model is given: across images
            they count for ``image_weight``. Pairs of images without one are not compared across.
        on_texts: Called once with how many different texts will be embedded.
        on_progress: Called with how many more of them are.

    Raises:
        As the encoder.
    """
    claims = claims_in(pairs)
    cluster = [_cluster(both, clusters) for both in _images(pairs)]
    english = [one.english for one in claims]
    sorts = list(zip(pairs["kind"].to_pylist(), pairs["category"].to_pylist(), english, strict=True))
    groups = [rows for _, rows in _grouped(list(zip(cluster, sorts, strict=True)))]
    floors = [settings.threshold(same_image=True, english=english[rows[0]]) - settings.floor for rows in groups]
    everything = settings.across < 1
    rows = np.arange(len(pairs)) if everything else possible(claims, groups, floors)
    embedded = [claims[row] for row in rows]
    on_texts(len({text for one in embedded for text in (one.fact, one.premise)}))
    some = pair_vectors(embedded, encoder, on_progress=on_progress)
    found = list(_within(some, rows, groups, floors))
    if everything:
        found += _across(some, cluster, sorts, settings, _image_vectors(pairs, images))
    vectors = some if len(rows) == len(pairs) else None
    return Measured(
        pa.table({"cluster": cluster, "english": english}, schema=pa.schema(list(COLUMNS.items()))),
        _table(pairs["pair_id"].to_pylist(), found),
        vectors,
    )


def _within(
    vectors: PairVectors, embedded: NDArray[np.int64], groups: Sequence[NDArray[np.int64]], floors: Sequence[float]
) -> Iterator[_Found]:
    """What is alike in each group; ``embedded`` says which pairs the vectors are of, ascending."""
    for group, floor in zip(groups, floors, strict=True):
        rows = _places(embedded, group)
        if len(rows) < 2:
            continue
        a, b = alike(vectors, rows, floor)
        found = _closed(_Found(a, b, likeness(vectors, a, b)), floor, lambda a, b: likeness(vectors, a, b))
        yield _Found(embedded[found.a], embedded[found.b], found.likeness)


def _places(embedded: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where those of a group stand among the embedded, ascending; those that do not are left out."""
    places = np.searchsorted(embedded, group)
    there = places < len(embedded)
    found: NDArray[np.int64] = places[there][embedded[places[there]] == group[there]]
    return found


def _across(
    vectors: PairVectors,
    cluster: Sequence[str],
    sorts: Sequence[tuple[str, str, bool]],
    settings: NearDuplicatesSettings,
    images: NDArray[np.float32] | None,
) -> Iterator[_Found]:
    places = np.unique(np.array(cluster, dtype=object).astype(str), return_inverse=True)[1]
    share = settings.image_weight if images is not None else 0.0

    def compared(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
        said = likeness(vectors, a, b)
        return said if images is None else (1 - share) * said + share * similarities(images, a, b)

    for (_, _, english), rows in _grouped(sorts):
        if images is not None:
            rows = rows[np.abs(images[rows]).sum(axis=1) > 0]
        floor = settings.threshold(same_image=False, english=english) - settings.floor
        joined = vectors.joined(rows)
        if images is not None:  # the cosine of what stands side by side is the weighted mean of both cosines
            joined = np.concatenate([joined * (1 - share) ** 0.5, images[rows] * share**0.5], axis=1, dtype=np.float32)
        edges = edges_above(joined, floor - 1e-5)
        a, b = rows[edges.a], rows[edges.b]
        other = places[a] != places[b]
        yield _closed(_Found(a[other], b[other], compared(a[other], b[other])), floor, compared)


def _closed(
    found: _Found, floor: float, compared: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]]
) -> _Found:
    """Those above the floor, and in each small group that they make also the others."""
    above = found.likeness > floor
    a, b, alike = found.a[above], found.b[above], found.likeness[above]
    if len(a) < 2:
        return _Found(a, b, alike)
    rows, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    first, second = places[: len(a)], places[len(a) :]
    labels = components(len(rows), _edges(first, second, alike), -2.0)
    known = set(zip(a.tolist(), b.tolist(), strict=True))
    more = []
    for _, members in _grouped(labels.tolist()):
        if len(members) <= CLOSED:
            left, right = np.triu_indices(len(members), 1)
            listed = zip(rows[members[left]].tolist(), rows[members[right]].tolist(), strict=True)
            more += [pair for pair in listed if pair not in known]
    if not more:
        return _Found(a, b, alike)
    extra = np.array(more, np.int64)
    return _Found(
        np.concatenate([a, extra[:, 0]]),
        np.concatenate([b, extra[:, 1]]),
        np.concatenate([alike, compared(extra[:, 0], extra[:, 1])]),
    )


def _edges(a: NDArray[np.int64], b: NDArray[np.int64], similarity: NDArray[np.float64]) -> Edges:
    order = np.lexsort((b, a))
    return Edges(a[order], b[order], similarity[order], -2.0)


def _grouped(keys: Sequence[Key]) -> Iterator[tuple[Key, NDArray[np.int64]]]:
    """Rows of equal key, where there are two or more."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        groups[key].append(row)
    yield from ((key, np.array(rows, np.int64)) for key, rows in groups.items() if len(rows) > 1)


def _images(pairs: pa.Table) -> Iterator[tuple[str, str]]:
    halves = (pc.struct_field(pairs[half], "image").to_pylist() for half in ("positive", "negative"))
    return zip(*halves, strict=True)


def _cluster(images: tuple[str, str], clusters: Mapping[str, str]) -> str:
    """One for pairs over one image; of two images, both in their order."""
    return " ".join(dict.fromkeys(clusters.get(image, image) for image in images))


def _image_vectors(pairs: pa.Table, known: Mapping[str, NDArray[np.float32]] | None) -> NDArray[np.float32] | None:
    """(n_pairs, dim) float32: of each pair's images the mean, L2-normalised; zeros where one is not known."""
    if not known:
        return None
    found = np.zeros((len(pairs), len(next(iter(known.values())))), np.float32)
    for row, both in enumerate(_images(pairs)):
        if all(image in known for image in both):
            mean = np.sum([known[image] for image in both], axis=0)
            length = float(np.linalg.norm(mean))
            found[row] = mean / length if length > 1e-6 else 0
    return found


def _table(ids: Sequence[str], found: Sequence[_Found]) -> pa.Table:
    rows = [
        {"filter": NAME, "a": min(ids[a], ids[b]), "b": max(ids[a], ids[b]), "similarity": value}
        for one in found
        for a, b, value in zip(one.a.tolist(), one.b.tolist(), one.likeness.tolist(), strict=True)
    ]
    return to_table("edges", sorted(rows, key=lambda row: (row["a"], row["b"])))
