import random
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from datagen.ingest import Known, Placement, place
from datagen.ingest.clusters import Bridge
from datagen.ingest.placing import place_found
from datagen.ingest.scratch import scratch
from schemas.config import SPLITS, RunSettings

RUN = RunSettings()


def some_looks(chance: random.Random, count: int) -> list[Known]:
    """Images of which many look like others, some alike, and some are placed by content alone."""
    values = [chance.getrandbits(64)]
    images = []
    for number in range(count):
        near = chance.choice(values) if chance.random() < 0.7 else chance.getrandbits(64)
        for _ in range(chance.randrange(6)):
            near ^= 1 << chance.randrange(64)
        values.append(near)
        images.append(Known(f"sha256:{number:03d}", f"{near:016x}" if chance.random() < 0.9 else None))
    return chance.sample(images, count)


def placed_in_database(
    new: Iterable[Known], held: dict[str, tuple[Known, Placement]], distance: int
) -> tuple[dict[str, Placement], list[Bridge]]:
    with scratch() as db:
        for image, (known, at) in held.items():
            row = {"image": image, "phash": known.phash, "cluster": at.cluster, "split": at.split}
            db.execute(
                "INSERT INTO images (image, phash, cluster, split) VALUES (:image, :phash, :cluster, :split)", row
            )
        for one in (*new, *(known for known, _ in held.values())):
            db.execute("INSERT INTO looked (image, phash) VALUES (?, ?)", (one.image, one.phash))
        bridges = place_found(db, distance=distance, settings=RUN)
        rows = db.execute("SELECT image, cluster, split FROM placed").fetchall()
        return {image: Placement(cluster, split) for image, cluster, split in rows}, list(bridges)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 6), st.integers(1, 40), st.integers(0, 40))
def test_the_database_places_images_as_the_rule_does(seed: int, distance: int, count: int, before: int) -> None:
    chance = random.Random(seed)
    images = some_looks(chance, count)
    held = {
        one.image: (one, Placement(chance.choice(images[:before]).image, chance.choice(SPLITS)))
        for one in images[:before]
    }
    new = images[before:]
    wanted = place(new, held, distance=distance, settings=RUN)
    assert placed_in_database(new, held, distance) == (wanted.placements, wanted.bridges)
