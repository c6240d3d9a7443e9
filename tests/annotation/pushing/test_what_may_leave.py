"""An image that may not leave this machine goes to no other host, nor into a bucket."""

from pathlib import Path
from typing import cast

import pytest

from annotation.at_hand import AtHand, at_hand
from annotation.pushing.push import Posting, staying_here
from annotation.studio import Guide, Studio, image_addresses
from schemas.pair import Pair
from tests.annotation.verifying.judged import Judged, drawn


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawn(tmp_path_factory.mktemp("leaving") / "run", 12)


class Server:
    """A Label Studio, of which nothing matters but its host."""

    def __init__(self, host: str) -> None:
        self.host = host


def staying(hand: AtHand, host: str, how: str, *allowed: str) -> int:
    """How many of the kept pairs stay here."""
    images = image_addresses(how, hand.run.path, lambda *_: "a.png")
    posting = Posting(cast("Studio", Server(host)), images, Guide(1, ""), allow_hosts=frozenset(allowed))
    return len(staying_here(hand, hand.kept, posting))


def test_images_that_may_not_leave_stay_unless_their_host_is_allowed(base: Path) -> None:
    hand = at_hand(Judged(base).run)
    kept: list[Pair] = list(hand.kept.values())
    ref = kept[0].positive.image
    bound = sum(ref in pair.images for pair in kept)
    hand.__dict__["images"] = {one: {**row, "may_leave": one != ref} for one, row in hand.images.items()}
    assert 0 < bound < len(kept)
    for how in ("local-files", "upload"):
        assert staying(hand, "localhost", how) == 0
        assert staying(hand, "studio.example.org", how) == bound
        assert staying(hand, "studio.example.org", how, "studio.example.org") == 0
    assert staying(hand, "localhost", "s3://pics/run") == bound
    assert staying(hand, "localhost", "s3://pics/run", "pics") == 0
