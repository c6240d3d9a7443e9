"""Shades that can be read, and that order the figures for any eye."""

import colorsys

import pytest

from evaluation.board.ramp import HUES, STEPS, contrast, ramp, step_of

CASES = [(heat, dark) for heat in HUES for dark in (False, True)]


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@pytest.mark.parametrize(("heat", "dark"), CASES)
def test_ink_is_readable_on_every_shade(heat: str, dark: bool) -> None:
    assert min(contrast(channels(one.ground), channels(one.ink)) for one in ramp(heat, dark=dark)) >= 4.5


@pytest.mark.parametrize(("heat", "dark"), CASES)
def test_shades_are_one_hue_and_ever_deeper(heat: str, dark: bool) -> None:
    page = (0.0, 0.0, 0.0) if dark else (1.0, 1.0, 1.0)
    away = [contrast(page, channels(one.ground)) for one in ramp(heat, dark=dark)]
    assert away == sorted(away)
    assert len(set(away)) == STEPS
    hues = [colorsys.rgb_to_hls(*channels(one.ground))[0] for one in ramp(heat, dark=dark)]
    assert max(hues) - min(hues) < 0.04


def test_contrast_is_as_the_guideline_defines_it() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(channels("#777777"), (1, 1, 1)) == pytest.approx(4.48, abs=0.005)


def test_every_share_has_a_step() -> None:
    assert [step_of(share) for share in (0.0, 0.049, 0.05, 0.5, 0.999, 1.0)] == [0, 0, 1, 10, 19, 19]
