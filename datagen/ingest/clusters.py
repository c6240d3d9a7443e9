"""Near-duplicate clusters and splits: assigned once, recorded, never moved.

Photographs whose perceptual hashes differ in few bits form a cluster, and a cluster lies in one split.
Drawn scenes of one kind look alike to a perceptual hash, so they cluster by exact content alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from datagen.ingest.closeness import close_pairs
from schemas.config import RunSettings, Split
from schemas.identity import seeded_share


@dataclass(frozen=True)
class Placement:
    """Where an image belongs."""

    cluster: str
    split: Split


@dataclass(frozen=True)
class Known:
    """An image as clustering sees it; ``phash`` is None where content alone decides."""

    image: str
    phash: str | None


@dataclass(frozen=True)
class Bridge:
    """A new image that would join clusters of two splits."""

    image: str
    clusters: tuple[str, str]


@dataclass(frozen=True)
class Placed:
    """New images placed, and those kept out."""

    placements: dict[str, Placement]
    bridges: list[Bridge]


def place(
    new: Iterable[Known], existing: Mapping[str, tuple[Known, Placement]], *, distance: int, settings: RunSettings,
    split: Split | None = None,
) -> Placed:  # fmt: skip
    """Assign cluster and split to new images; the order they come in does not matter.

    Images of equal hash share one look, and share their fate: the graph is one over looks.

    Args:
        new: Images that are not yet placed.
        existing: Placed images by reference.
        distance: Bits in which the hashes of near-duplicates may differ, at most.
        settings: Seed and shares of the splits.
        split: A split for clusters that are new, instead of a seeded one.
    """
    fresh = _by_look(new)
    held = {look: existing[images[0]][1] for look, images in _by_look(known for known, _ in existing.values()).items()}
    near = _neighbours(fresh.keys(), held.keys(), distance)

    def founded(looks: Sequence[str]) -> Placement:
        founder = min(fresh[look][0] for look in looks)
        return founded_by(founder, settings, split)

    fates: dict[str, Placement | tuple[str, str]] = {look: held[look] for look in fresh if look in held}
    for component in _components([look for look in fresh if look not in held], near):
        found = {held[other] for look in component for other in near[look] if other in held}
        if not found:
            found = {founded(component)}
        if len({placement.split for placement in found}) == 1:
            fates.update(dict.fromkeys(component, min(found, key=lambda placement: placement.cluster)))
        else:
            fates.update(_one_by_one(component, near, held, founded))
    placed = Placed({}, [])
    for look, images in fresh.items():
        fate = fates[look]
        if isinstance(fate, Placement):
            placed.placements.update(dict.fromkeys(images, fate))
        else:
            placed.bridges.extend(Bridge(image, fate) for image in images)
    return placed


def founded_by(image: str, settings: RunSettings, split: Split | None) -> Placement:
    """The placement of an image that founds a cluster."""
    return Placement(image, split or split_of(image, settings))


def split_of(cluster: str, settings: RunSettings) -> Split:
    """The split a new cluster falls into: a seeded hash against the shares."""
    at = seeded_share(settings.seed, "split", cluster)
    if at < settings.train:
        return "train"
    return "validation" if at < settings.train + settings.validation else "benchmark"


def _by_look(images: Iterable[Known]) -> dict[str, list[str]]:
    """Images by perceptual hash, or by reference where content alone decides; all in order."""
    looks: dict[str, list[str]] = defaultdict(list)
    for known in images:
        looks[known.phash or known.image].append(known.image)
    return {look: sorted(set(looks[look])) for look in sorted(looks)}


def _one_by_one(
    component: Sequence[str],
    near: Mapping[str, Set[str]],
    held: Mapping[str, Placement],
    founded: Callable[[Sequence[str]], Placement],
) -> dict[str, Placement | tuple[str, str]]:
    """Grow the clusters of both splits from their sides; a look that touches both is kept out.

    A look that only kept-out ones led to founds a cluster of its own.

    Returns:
        A placement by look, or the clusters of two splits that it would join.
    """
    placed = dict(held)
    fates: dict[str, Placement | tuple[str, str]] = {}
    waiting = list(component)
    while waiting:
        look = next((look for look in waiting if near[look] & placed.keys()), waiting[0])
        waiting.remove(look)
        found = sorted({placed[other] for other in near[look] & placed.keys()}, key=lambda at: at.cluster)
        apart = next((at for at in found if at.split != found[0].split), None)
        if apart is not None:
            fates[look] = (found[0].cluster, apart.cluster)
        else:
            fates[look] = placed[look] = found[0] if found else founded([look])
    return fates


def _neighbours(fresh: Set[str], held: Set[str], distance: int) -> dict[str, set[str]]:
    """For each fresh look the other looks within the distance."""
    near: dict[str, set[str]] = {look: set() for look in fresh}
    looks = [look for look in sorted(fresh | held) if ":" not in look]
    values = np.array([int(look, 16) for look in looks], np.uint64)
    new = np.array([look in fresh for look in looks], np.bool_)
    for one, two in close_pairs(values, new, distance).tolist():
        for here, there in ((looks[one], looks[two]), (looks[two], looks[one])):
            if here in near:
                near[here].add(there)
    return near


def _components(looks: Sequence[str], near: Mapping[str, Set[str]]) -> list[list[str]]:
    """Connected components among the given looks, each sorted, by their first member."""
    unseen = set(looks)
    components: list[list[str]] = []
    for look in looks:
        if look not in unseen:
            continue
        unseen.discard(look)
        component, frontier = [look], [look]
        while frontier:
            reached = near[frontier.pop()] & unseen
            unseen -= reached
            component.extend(reached)
            frontier.extend(reached)
        components.append(sorted(component))
    return components
