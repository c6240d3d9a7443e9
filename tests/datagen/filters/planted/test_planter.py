"""The planter itself: its plants are valid, varied, seeded, and what their kind says."""

import copy
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from schemas.pair import Pair
from schemas.run import RunFolder
from schemas.taxonomy import MMR_CATEGORIES
from tests.datagen.filters.planted.claims import Unread, claim, read
from tests.datagen.filters.planted.other_facts import different
from tests.datagen.filters.planted.planter import KINDS, WAYS, Planted, Short, plant
from tests.datagen.filters.planted.spoilt_run import captions_of, copy_of, pair_rows, spoil, with_planted
from tests.datagen.filters.planted.wording import same

HALVES = ("positive", "negative")
EACH = 80


class Clean(NamedTuple):
    rows: list[dict[str, Any]]
    captions: dict[str, list[str]]
    by_id: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def clean(drawn: RunFolder) -> Clean:
    rows = pair_rows(drawn)
    return Clean(rows, captions_of(drawn), {row["pair_id"]: row for row in rows})


@pytest.fixture(scope="module")
def planted(clean: Clean) -> dict[str, list[Planted]]:
    return {kind: plant(clean.rows, clean.captions, kind, EACH, 0) for kind in KINDS}


def texts(row: dict[str, Any], half: str) -> list[str]:
    return [option["text"] for option in row[half]["options"]]


def changed(one: Planted, clean: Clean, half: str) -> list[int]:
    """Places of the options that are not as in the pair it was made of."""
    pairs = zip(texts(one.row, half), texts(clean.by_id[one.origin], half), strict=True)
    return [index for index, (now, before) in enumerate(pairs) if now != before]


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def test_every_clean_pair_can_be_read(clean: Clean) -> None:
    for row in clean.rows:
        found = read(row)
        assert found.positive[row["positive"]["answer"]].claim == found.fact
        assert (found.fact == found.premise) == (row["kind"] == "true-premise")


@pytest.mark.parametrize("kind", KINDS)
def test_plants_are_valid_pairs_under_their_own_id(planted: dict[str, list[Planted]], kind: str) -> None:
    assert len(planted[kind]) == EACH
    for one in planted[kind]:
        fields = {name: value for name, value in one.row.items() if name != "pair_id"}
        assert Pair.model_validate(fields).pair_id == one.row["pair_id"]
        for half in HALVES:
            assert len(set(texts(one.row, half))) == len(texts(one.row, half)) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_plants_cover_all_categories_and_at_least_eight_ways(
    clean: Clean, planted: dict[str, list[Planted]], kind: str
) -> None:
    assert {one.row["category"] for one in planted[kind]} == set(MMR_CATEGORIES)
    ways = Counter(one.way for one in planted[kind])
    assert len(WAYS[kind]) >= 8
    assert len(ways) >= len(WAYS[kind]) - 2  # a few need rare words
    assert max(ways.values()) <= EACH / 4
    fewer = plant(clean.rows, clean.captions, kind, 40, 5)
    assert {one.row["category"] for one in fewer} == set(MMR_CATEGORIES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_plants_the_same_and_another_something_else(
    clean: Clean, planted: dict[str, list[Planted]], kind: str
) -> None:
    again = plant(list(reversed(clean.rows)), clean.captions, kind, EACH, 0)
    assert again == planted[kind]
    other = plant(clean.rows, clean.captions, kind, EACH, 1)
    assert {one.origin for one in other} != {one.origin for one in again}


def test_the_clean_rows_stay_as_they_are(clean: Clean) -> None:
    before = copy.deepcopy(clean.rows[:200])
    for kind in KINDS:
        plant(clean.rows, clean.captions, kind, 30, 4)
    assert clean.rows[:200] == before


def test_pairs_that_are_taken_are_left_alone_and_too_many_are_refused(clean: Clean) -> None:
    first = plant(clean.rows, clean.captions, "hedging", 100, 0)
    taken = {one.origin for one in first}
    second = plant(clean.rows, clean.captions, "answer-form", 100, 0, taken=taken)
    assert len(taken) == 100
    assert taken.isdisjoint(one.origin for one in second)
    with pytest.raises(Short, match="hedging"):
        plant(clean.rows, clean.captions, "hedging", len(clean.rows) + 1, 0)
    assert plant(clean.rows, clean.captions, "hedging", 0, 0) == []


@pytest.mark.parametrize("kind", ["options-alike", "answer-form"])
def test_one_option_of_a_half_is_spoilt_and_nothing_else(
    clean: Clean, planted: dict[str, list[Planted]], kind: str
) -> None:
    both = 0
    for one in planted[kind]:
        origin = clean.by_id[one.origin]
        places = {half: changed(one, clean, half) for half in HALVES}
        assert max(map(len, places.values())) == 1
        both += all(places.values())
        assert (one.row["fact"], one.row["premise"]) == (origin["fact"], origin["premise"])
        assert all(one.row[half]["text"] == origin[half]["text"] for half in HALVES)
        if kind == "options-alike":
            assert all(index != one.row[half]["answer"] for half in HALVES for index in places[half])
    assert 0 < both < EACH / 2


def test_hedges_stand_in_options_and_in_questions(clean: Clean, planted: dict[str, list[Planted]]) -> None:
    where: Counter[str] = Counter()
    for one in planted["hedging"]:
        origin = clean.by_id[one.origin]
        asked = any(one.row[half]["text"] != origin[half]["text"] for half in HALVES)
        answered = any(changed(one, clean, half) for half in HALVES)
        assert asked != answered
        where["question" if asked else "option"] += 1
    assert min(where.values()) >= 8


def test_a_copied_caption_has_nearly_all_its_words_in_one_text(clean: Clean, planted: dict[str, list[Planted]]) -> None:
    for one in planted["caption-copying"]:
        captions = clean.captions[one.row["positive"]["image"]]
        written = [text for half in HALVES for text in (one.row[half]["text"], *texts(one.row, half))]
        assert max(copied(text, caption) for text in written for caption in captions) >= 0.75
        origin = clean.by_id[one.origin]
        unspoilt = [text for half in HALVES for text in (origin[half]["text"], *texts(origin, half))]
        assert max(copied(text, caption) for text in unspoilt for caption in captions) < 0.75


def copied(text: str, caption: str) -> float:
    """The share of a caption's words that a text has in the same order, in runs of three or more."""
    words, written = (re.findall(r"\w+", each.lower()) for each in (caption, text))
    runs = SequenceMatcher(None, words, written, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= 3 or (run.size and run.a + run.size == len(words))) / len(words)


def test_exact_duplicates_have_the_same_letters_and_figures(clean: Clean, planted: dict[str, list[Planted]]) -> None:
    same_id = 0
    for one in planted["exact-duplicate"]:
        origin = clean.by_id[one.origin]
        assert one.row != origin
        same_id += one.row["pair_id"] == one.origin
        for half in HALVES:
            assert bare(one.row[half]["text"]) == bare(origin[half]["text"])
            assert sorted(map(bare, texts(one.row, half))) == sorted(map(bare, texts(origin, half)))
            right = texts(one.row, half)[one.row[half]["answer"]]
            assert bare(right) == bare(texts(origin, half)[origin[half]["answer"]])
    assert EACH / 10 <= same_id <= EACH / 2


def test_paraphrases_ask_the_same_of_the_same_image_in_other_words(
    clean: Clean, planted: dict[str, list[Planted]]
) -> None:
    restated = 0
    for one in planted["paraphrased-duplicate"]:
        origin = clean.by_id[one.origin]
        assert one.row["pair_id"] != one.origin
        assert (one.row["kind"], one.row["category"]) == (origin["kind"], origin["category"])
        for half in HALVES:
            assert one.row[half]["image"] == origin[half]["image"]
            roles, before = (
                [row[half]["options"][row[half]["answer"]]["role"] for row in (one.row, origin)],
                sorted(option["role"] for option in origin[half]["options"]),
            )
            assert roles[0] == roles[1]
            assert sorted(option["role"] for option in one.row[half]["options"]) == before
        restated += one.row["fact"] != origin["fact"]
    assert EACH / 5 < restated < EACH * 4 / 5


def test_mixed_pairs_ask_about_two_facts_of_one_image(clean: Clean, planted: dict[str, list[Planted]]) -> None:
    elsewhere = 0
    facts = {
        (row[half]["text"], row[half]["options"][row[half]["answer"]]["text"]): row["fact"]
        for row in clean.rows
        for half in HALVES
    }
    for one in planted["different-facts"]:
        images = {one.row[half]["image"] for half in HALVES}
        assert images == {clean.by_id[one.origin]["positive"]["image"]}
        claims = []
        for half in HALVES:
            asked = one.row[half]
            fact = facts[asked["text"], asked["options"][asked["answer"]]["text"]]
            claims.append(read_anywhere(fact))
        assert different(*claims)
        elsewhere += "other image" in one.way
    assert EACH / 5 < elsewhere < EACH / 2


def read_anywhere(text: str) -> Any:
    for category in MMR_CATEGORIES:
        try:
            return claim(text, category)
        except Unread:
            continue
    raise Unread(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mushroom is red.", "There is a red mushroom in the picture."),
        ("There is a mushroom in the picture.", "The mushrooms are red."),
        ("The yellow shape is a ring.", "The ring is yellow."),
        ("The sign is above the hexagon.", "The hexagon is below the sign."),
        ("The hexagon is dotted.", "The hexagon is red."),
        ("There are two kites in the picture.", "There is a kite in the picture."),
    ],
)
def test_facts_that_could_be_taken_for_one_are_not_called_different(one: str, other: str) -> None:
    assert not different(read_anywhere(one), read_anywhere(other))
    assert different(read_anywhere(one), read_anywhere("The lamp is to the left of the bus."))


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("There are six kites in the picture.", "attribute/number", "there are 6 kites in the picture"),
        ("The car is gray.", "attribute/color&texture", "the automobile is gray"),
        ("The car is gray.", "attribute/color&texture", "the car is grey"),
        ("The sign is above the oval.", "attribute/position", "the oval is below the sign"),
        ("The flag is the flag of Denmark.", "context/concrete", "the flag is the Danish flag"),
        ('The sign says "CAR".', "character/character", 'the signboard says "CAR"'),
        ("There is one bus in the picture.", "attribute/number", "the number of buses in the picture is one"),
        ("There is a car in the picture.", "attribute/existence", "there is an automobile in the picture"),
        ("There is a yellow oval in the picture.", "attribute/existence", "there is a yellow ellipse in the picture"),
    ],
)
def test_rewordings_say_the_same(text: str, category: str, expected: str) -> None:
    clauses = [said.clause for said in same(claim(text, category))]
    assert expected in clauses


def test_a_spoilt_run_holds_the_clean_pairs_and_the_planted_ones(drawn: RunFolder, tmp_path: Path) -> None:
    run = copy_of(drawn, tmp_path / "run")
    spoilt = spoil(run, clean=200, each=12)
    rows = pair_rows(run)
    assert len(rows) == 200 + 12 * len(KINDS)
    ids = {row["pair_id"] for row in rows}
    for one in spoilt.planted:
        assert one.row["pair_id"] in ids
        assert (one.origin in spoilt.clean) == one.kind.endswith("duplicate")
    assert len({one.origin for one in spoilt.planted}) == len(spoilt.planted)
    with_planted(run, rows[:3], [])
    assert len(pair_rows(run)) == 3
