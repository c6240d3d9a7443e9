"""Texts as long as a pair may hold are read in bounded time."""

from evaluation.leaks import Asked, blind_scores, find_telltales
from evaluation.leaks.signs import signs_of
from schemas.pair import MAX_TEXT

LONG = " ".join(f"w{number}" for number in range(MAX_TEXT))[:MAX_TEXT]


def test_long_texts_make_thousands_of_signs_and_not_millions() -> None:
    options = tuple(f"o{place} {LONG[place * 7 :]}" for place in range(8))
    asked = [Asked(str(image), "false-premise", "context/expert", LONG, options, image % 8) for image in range(16)]
    assert max(map(len, signs_of(asked[0]))) < 3_000
    assert find_telltales(asked).telltales == ()
    assert len(blind_scores(asked)) == 16 * 8
