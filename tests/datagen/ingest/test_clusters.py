import random

from hypothesis import given, settings
from hypothesis import strategies as st

from datagen.ingest import Known, Placement, place
from schemas.config import SPLITS, RunSettings, Split

RUN = RunSettings()
hashes = st.integers(0, 2**64 - 1)


def known(name: str, value: int | None) -> Known:
    return Known(f"sha256:{name}", None if value is None else f"{value:016x}")


def brute_components(images: list[Known], distance: int) -> list[set[str]]:
    left = {image.image for image in images}
    value = {image.image: int(image.phash or "0", 16) for image in images}
    components = []
    while left:
        grown, frontier = set(), {min(left)}
        while frontier:
            grown |= frontier
            frontier = {b for b in left - grown if any((value[a] ^ value[b]).bit_count() <= distance for a in grown)}
        components.append(grown)
        left -= grown
    return components


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 8), st.integers(1, 25))
def test_clusters_are_the_connected_components_of_close_hashes(seed: int, distance: int, count: int) -> None:
    chance = random.Random(seed)
    values: list[int] = []
    for _ in range(count):  # half of them a few bits from another one
        near = chance.choice(values) if values and chance.random() < 0.6 else chance.getrandbits(64)
        for _ in range(chance.randrange(distance + 3)):
            near ^= 1 << chance.randrange(64)
        values.append(near)
    images = [known(f"{place:03d}", value) for place, value in enumerate(values)]
    placed = place(images, {}, distance=distance, settings=RUN).placements
    found: dict[str, set[str]] = {}
    for image, at in placed.items():
        found.setdefault(at.cluster, set()).add(image)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, brute_components(images, distance)))


def test_the_order_images_come_in_does_not_matter() -> None:
    chance = random.Random(1)
    images = [known(f"{n:03d}", chance.getrandbits(6)) for n in range(40)]
    shuffled = chance.sample(images, len(images))
    assert place(images, {}, distance=1, settings=RUN) == place(shuffled, {}, distance=1, settings=RUN)


def test_splits_come_near_their_shares() -> None:
    images = [known(f"{n}", None) for n in range(4_000)]
    splits = [at.split for at in place(images, {}, distance=4, settings=RUN).placements.values()]
    assert 0.78 < splits.count("train") / 4_000 < 0.82
    assert 0.08 < splits.count("benchmark") / 4_000 < 0.12


def test_drawn_images_are_never_near_duplicates() -> None:
    placed = place([known("a", None), known("b", None)], {}, distance=16, settings=RUN)
    assert len({at.cluster for at in placed.placements.values()}) == 2


def held(name: str, value: int, split: Split) -> dict[str, tuple[Known, Placement]]:
    one = known(name, value)
    return {one.image: (one, Placement(one.image, split))}


def test_a_new_image_takes_the_split_of_its_cluster() -> None:
    for split in SPLITS:
        placed = place([known("b", 0b1)], held("a", 0b0, split), distance=1, settings=RUN)
        assert placed.placements["sha256:b"] == Placement("sha256:a", split)


def test_an_image_that_bridges_two_splits_is_kept_out() -> None:
    both = held("a", 0b00, "train") | held("b", 0b11, "benchmark")
    placed = place([known("c", 0b01)], both, distance=1, settings=RUN)
    assert placed.placements == {}
    assert [bridge.image for bridge in placed.bridges] == ["sha256:c"]


def test_a_chain_between_two_splits_loses_only_the_link() -> None:
    both = held("a", 0b0000, "train") | held("z", 0b1111, "benchmark")
    chain = [known("c", 0b0001), known("d", 0b0011), known("e", 0b0111)]
    placed = place(chain, both, distance=1, settings=RUN)
    splits = {image: at.split for image, at in placed.placements.items()}
    assert len(placed.bridges) == 1
    assert len(splits) == 2
    for one in chain:
        for two in chain:
            near = (int(one.phash or "", 16) ^ int(two.phash or "", 16)).bit_count() <= 1
            if near and one.image in splits and two.image in splits:
                assert splits[one.image] == splits[two.image]


@settings(max_examples=50, deadline=None)
@given(st.lists(hashes, min_size=2, max_size=20, unique=True), st.integers(0, 12), st.data())
def test_growing_never_puts_near_duplicates_into_two_splits(
    values: list[int], distance: int, data: st.DataObject
) -> None:
    values = [value & 0xFFF for value in values]
    images = [known(f"{n:03d}", value) for n, value in enumerate(values)]
    cut = data.draw(st.integers(0, len(images)))
    first = place(images[:cut], {}, distance=min(distance, 3), settings=RUN).placements
    existing = {image.image: (image, first[image.image]) for image in images[:cut] if image.image in first}
    second = place(images[cut:], existing, distance=min(distance, 3), settings=RUN)
    everything = first | second.placements
    for one in images:
        for two in images:
            if one.image in everything and two.image in everything:
                near = (int(one.phash or "", 16) ^ int(two.phash or "", 16)).bit_count() <= min(distance, 3)
                assert not near or everything[one.image].split == everything[two.image].split


def test_ten_thousand_images_of_one_look_are_placed_quickly() -> None:
    images = [known(f"{n}", 7) for n in range(10_000)]
    assert len({at.cluster for at in place(images, {}, distance=4, settings=RUN).placements.values()}) == 1
