"""An image shown in part, held against interpolation by hand."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mllm import Message, Probe, Veil
from mllm.local.veil import veiled
from tests.mllm.local.conftest import Ask, Say

pytestmark = pytest.mark.xdist_group("local")

weights = st.floats(0, 1, width=32)


@st.composite
def grids(draw: st.DrawFn) -> tuple[tuple[float, ...], ...]:
    columns = draw(st.integers(1, 6))
    return tuple(draw(st.lists(st.tuples(*[weights] * columns), min_size=1, max_size=6)))


@st.composite
def images(draw: st.DrawFn) -> Image.Image:
    size = draw(st.tuples(st.integers(6, 20), st.integers(6, 20)))  # no smaller than the grid: it is only drawn up
    noise = np.random.default_rng(draw(st.integers(0, 99)))
    return Image.fromarray(noise.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))


def along(places: int, cells: int) -> list[float]:
    """The middles of so many pixels, on a line on which the cells' middles are 0, 1, 2 …"""
    return [(place + 0.5) * cells / places - 0.5 for place in range(places)]


def by_hand(grid: Sequence[Sequence[float]], width: int, height: int) -> Any:
    """Interpolation in straight lines, first along rows and then along columns; at the ends it stays."""
    rows = np.array([np.interp(along(width, len(row)), range(len(row)), row) for row in grid])
    columns = [np.interp(along(height, len(grid)), range(len(grid)), column) for column in rows.T]
    return np.array(columns).T


@given(images(), grids())
def test_pixels_keep_their_share_of_the_distance_from_mid_grey(
    image: Image.Image, grid: tuple[tuple[float, ...], ...]
) -> None:
    before, after = (np.asarray(one, dtype=float) for one in (image, veiled(image, Veil(grid))))
    expected = 127.5 + (before - 127.5) * by_hand(grid, *image.size)[..., None]
    assert np.abs(after - expected).max() <= 0.51  # rounded to whole levels
    assert after.shape == before.shape


@given(images())
def test_a_whole_veil_changes_nothing_and_an_empty_one_leaves_grey(image: Image.Image) -> None:
    assert np.array_equal(np.asarray(veiled(image, Veil(((1.0, 1.0),)))), np.asarray(image))
    grey = np.asarray(veiled(image, Veil(((0.0,), (0.0,)))))
    assert set(grey.ravel().tolist()) == {128}


def test_a_grid_finer_than_the_image_is_averaged() -> None:
    fine = tuple(tuple(float((row + column) % 2) for column in range(64)) for row in range(64))
    shown = np.asarray(veiled(Image.new("RGB", (8, 8), "white"), Veil(fine)))
    assert np.abs(shown.astype(int) - 191).max() <= 2  # half of the way from 127.5 to 255


@pytest.mark.parametrize("grid", [(), ((),), ((1.0,), (1.0, 0.5)), ((1.1,),), ((-0.1,),), ((math.nan,),)])
def test_a_grid_that_is_none_is_refused(grid: tuple[tuple[float, ...], ...]) -> None:
    with pytest.raises(ValueError, match="veil"):
        Veil(grid)


def test_every_image_of_a_request_is_veiled_before_the_model_sees_it(
    tiny: Path, ask: Ask, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mllm.local import backend

    seen: list[tuple[tuple[int, int], Veil]] = []

    def noted(image: Image.Image, veil: Veil) -> Image.Image:
        seen.append((image.size, veil))
        return veiled(image, veil)

    monkeypatch.setattr(backend, "veiled", noted)
    veil, empty = Veil(((1.0, 0.0), (0.2, 0.4))), Veil(((0.0,),))
    letters = Probe(choices=("A", "B"))
    wants: list[dict[str, object]] = [
        {},
        {"veil": veil},
        {"veil": empty},
        {"veil": empty, "probe": letters},
        {"probe": letters},
    ]
    outcomes, _ = ask("transformers", tiny, *(say("Who?", 2, **want) for want in wants))
    assert {one.status for one in outcomes} == {"ok"}
    assert len({one.text for one in outcomes}) == len(wants)
    assert sorted(seen, key=str) == sorted([((40, 24), one) for one in (veil, empty, empty) for _ in range(2)], key=str)


def test_behind_an_empty_veil_all_images_are_one(tiny: Path, ask: Ask, say: Say) -> None:
    def alike(**options: object) -> bool:
        probe = Probe(choices=("A", "B"))
        parts = [say(text).messages[0].parts[0] for text in ("a", "bc")]  # images of two colours
        asked = [say("Who?", probe=probe, **options) for _ in parts]
        requests = [
            replace(one, messages=(Message("user", (part, "Who?")),)) for one, part in zip(asked, parts, strict=True)
        ]
        outcomes, _ = ask("transformers", tiny, *requests, batch_size=1)
        return outcomes[0].text == outcomes[1].text

    assert not alike()
    assert alike(veil=Veil(((0.0,),)))
