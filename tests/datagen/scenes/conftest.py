"""Six hundred scenes, made once, as whoever reads the files sees them: plain values."""

from typing import Any, NamedTuple

import pytest

from datagen.scenes import captions, facts, make_world
from schemas.fact import Fact

COUNT = 600


class Scene(NamedTuple):
    world: dict[str, Any]
    facts: list[Fact]
    captions: list[str]


@pytest.fixture(scope="session")
def scenes() -> list[Scene]:
    worlds = [make_world(11, index) for index in range(COUNT)]
    return [Scene(world.as_dict(), facts(world, "images/x.png"), captions(world)) for world in worlds]
