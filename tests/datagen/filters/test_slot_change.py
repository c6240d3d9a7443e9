"""Halves about one fact are told from halves about two, in templates and in free wording."""

from itertools import permutations
from typing import NamedTuple

import pyarrow as pa
import pytest

from datagen.filters.slot_change import SlotChange
from schemas import Pair
from tests.datagen.filters.test_filters import CLEAN, pair, question, table


class Told(NamedTuple):
    """A pair in short: category, statements, and question and options of each half, the right option first."""

    category: str
    fact: str
    premise: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]


# In templates, of one picture; and as a model writes them, of another.
TEMPLATED = (
    Told(
        "attribute/color&texture", "The ring is yellow.", "The ring is blue.",
        ("What color is the ring?", "The ring is yellow.", "The ring is blue.", "The ring is pink."),
        ("The ring is blue, right?", "No, the ring is yellow.", "Yes, the ring is blue.", "No, the ring is pink."),
    ),
    Told(
        "attribute/existence", "There is a bus in the picture.", "There is an arrow in the picture.",
        ("What is there in the picture?", "There is a bus in the picture.", "There is an arrow in the picture."),
        ("Isn't there an arrow in the picture?", "No, but there is a bus in the picture.",
         "Yes, there is an arrow in the picture."),
    ),
    Told(
        "attribute/existence", "There is a cup in the picture.", "There is a hat in the picture.",
        ("What is there in the picture?", "There is a cup in the picture.", "There is a hat in the picture."),
        ("Why is there a hat in the picture?", "That is not so: there is a cup in the picture.",
         "That is just how it is: there is a hat in the picture."),
    ),
    Told(
        "attribute/number", "There are six kites in the picture.", "There are five kites in the picture.",
        ("How many kites are there in the picture?", "There are six kites in the picture.",
         "There are five kites in the picture."),
        ("Somebody says that there are five kites in the picture. How many kites are there in the picture?",
         "There are six kites in the picture.", "There are five kites in the picture."),
    ),
    Told(
        "attribute/position", "The sign is above the key.", "The sign is to the right of the key.",
        ("Where is the sign in relation to the key?", "The sign is above the key.",
         "The sign is to the right of the key."),
        ("Why is the sign to the right of the key?", "That is not so: the sign is above the key.",
         "That is just how it is: the sign is to the right of the key."),
    ),
    Told(
        "attribute/color&texture", "The sign is green.", "The sign is black.",
        ("What color is the sign?", "The sign is green.", "The sign is black."),
        ("How can you tell that the sign is black?", "That is not so: the sign is green.",
         "It can be seen: the sign is black."),
    ),
    Told(
        "character/character", 'The sign says "POOL".', 'The sign says "WEST".',
        ("What does the sign say?", 'The sign says "POOL".', 'The sign says "WEST".'),
        ('Doesn\'t the sign say "WEST"?', 'No, the sign says "POOL".', 'Yes, the sign says "WEST".'),
    ),
    Told(
        "attribute/posture", "The person is standing.", "The person is sitting.",
        ("What posture is the person in?", "The person is standing.", "The person is sitting."),
        ("Isn't the person sitting?", "No, the person is standing.", "Yes, the person is sitting."),
    ),
)  # fmt: skip
FREE = (
    Told(
        "attribute/color&texture", "The kettle on the stove is red.", "The kettle on the stove is green.",
        ("What color is the kettle on the stove?", "It is red, like the handles of the cupboards.",
         "It is green, matching the towel.", "It is white, like the tiles behind it."),
        ("Why does the green kettle stand out so much?", "The kettle is not green; it is red against white tiles.",
         "Because green is rare in this kitchen.", "Because the wall behind it is red."),
    ),
    Told(
        "attribute/number", "There are three mugs under the shelf.", "There are five mugs under the shelf.",
        ("How many mugs hang under the shelf?", "Three mugs, each from its own hook.", "Five mugs, in one row."),
        ("Don't the five mugs make the row look crowded?", "Only three mugs hang there, with room between them.",
         "Yes, five mugs leave hardly any space."),
    ),
    Told(
        "attribute/existence", "There is a cat on the windowsill.", "There is a flowerpot on the windowsill.",
        ("What sits on the windowsill?", "A grey cat that looks outside.", "A flowerpot with basil."),
        ("What grows in the flowerpot on the windowsill?", "There is no flowerpot there, only a cat.",
         "Basil, with small leaves."),
    ),
    Told(
        "context/activity", "The woman is stirring a pot.", "The woman is chopping onions.",
        ("What is the woman at the stove doing?", "She is stirring a pot with a wooden spoon.",
         "She is chopping onions on a board."),
        ("Isn't the woman crying because of the onions she chops?", "She chops nothing; she is stirring a pot.",
         "Yes, the onions make her cry."),
    ),
    Told(
        "context/abstract", "It is a sunny day.", "It is a rainy day.",
        ("What is the weather like?", "It is sunny, with a few clouds.", "It is raining heavily."),
        ("Will the rain spoil the picnic?", "There is no rain; it is sunny.", "Yes, all is wet."),
    ),
    Told(
        "attribute/color&texture", "The apron is white.", "The apron is green.",
        ("What color is the apron?", "It is white.", "It is green.", "It is black."),
        ("Isn't the apron green?", "No, the apron is not green at all.", "Yes, the apron is green."),
    ),
)  # fmt: skip


def made(told: Told, other: Told | None = None, fields: str = "stay", **changes: object) -> Pair:
    """A pair, or one whose negative half is another's; its statements stay, follow the halves, or are left out."""
    second = other or told
    fact = {"stay": told.fact, "follow": told.fact, "none": ""}[fields]
    premise = {"stay": told.premise, "follow": second.premise, "none": ""}[fields]
    return pair(
        category=told.category,
        **({
            "positive": told.positive[0], "options": told.positive[1:], "negative": "x",
            "fact": fact, "premise": premise,
        } | changes),  # type: ignore[arg-type]
    ).model_copy(update={"negative": question(second.negative[0], second.negative[1:])})  # fmt: skip


def fault(one: Pair) -> str | None:
    batch = table(one)
    scores = SlotChange().score(batch)
    drops = SlotChange().decide(scores.append_column("pair_id", batch["pair_id"]))
    assert [drop.detail for drop in drops] == [text for text in scores["fault"].to_pylist() if text]
    assert all(drop.reason == "slot-change" for drop in drops)
    return str(scores["fault"][0].as_py()) if drops else None


@pytest.mark.parametrize("fields", ["stay", "none"])
@pytest.mark.parametrize("told", [*TEMPLATED, *FREE], ids=lambda told: told.fact)
def test_halves_about_one_fact_stay(told: Told, fields: str) -> None:
    assert fault(made(told, fields=fields)) is None


@pytest.mark.parametrize("fields", ["stay", "follow", "none"])
@pytest.mark.parametrize(("one", "other"), [*permutations(TEMPLATED, 2), *permutations(FREE, 2)])
def test_halves_about_two_facts_of_an_image_are_told(one: Told, other: Told, fields: str) -> None:
    assert fault(made(one, other, fields)) is not None


def test_the_same_fact_with_another_premise_is_the_same_fact() -> None:
    ring = TEMPLATED[0]
    pink = ("Isn't the ring pink?", "No, the ring is yellow.", "Yes, the ring is pink.", "No, the ring is blue.")
    assert fault(made(ring, ring._replace(negative=pink, premise="The ring is pink."), "follow")) is None


def test_statements_that_left_their_halves_are_told() -> None:
    ring, kites = TEMPLATED[0], TEMPLATED[3]
    assert "does not speak of the fact" in str(fault(made(ring._replace(fact=kites.fact))))
    assert "does not speak of the premise" in str(fault(made(ring._replace(premise=kites.premise))))


@pytest.mark.parametrize(
    ("fact", "premise"),
    [
        ("The ring is yellow and on the left.", "The ring is blue and on the right."),
        ("The ring is yellow.", "The ring is on the left."),
    ],
)
def test_a_premise_more_than_one_slot_away_is_told(fact: str, premise: str) -> None:
    ring = TEMPLATED[0]
    assert "more than one slot" in str(fault(made(ring._replace(fact=fact, premise=premise))))


def test_a_true_premise_is_the_fact() -> None:
    ring = TEMPLATED[0]
    agreed = ("Isn't the ring yellow?", "Yes, the ring is yellow.", "No, the ring is blue.")
    true = ring._replace(premise=ring.fact, negative=agreed)
    assert fault(made(true, kind="true-premise")) is None
    assert fault(made(true._replace(premise="Yellow is the color of the ring."), kind="true-premise")) is None
    wrong = true._replace(premise="The ring is blue.")
    assert "fact and premise differ" in str(fault(made(wrong, kind="true-premise")))


def test_what_cannot_be_read_is_not_measured() -> None:
    batch = table(made(TEMPLATED[0], TEMPLATED[3], kind="contrast"), made(TEMPLATED[0], TEMPLATED[3]))
    german = made(TEMPLATED[0], TEMPLATED[3])
    german = german.model_copy(update={"positive": german.positive.model_copy(update={"language": "de"})})
    found = SlotChange().score(pa.concat_tables([batch, table(german)]))
    assert [value is None for value in found["fault"].to_pylist()] == [True, False, True]
    assert [value is None for value in found["shared"].to_pylist()] == [True, False, True]


def test_an_open_pair_is_measured_too() -> None:
    kettle, cat = FREE[0], FREE[2]
    single = kettle._replace(positive=kettle.positive[:2], negative=kettle.negative[:2])
    assert fault(made(single)) is None
    assert fault(made(single, cat._replace(negative=cat.negative[:2]))) is not None


def test_what_is_shared_lies_between_nothing_and_all() -> None:
    same, apart = SlotChange().score(table(made(TEMPLATED[0]), made(TEMPLATED[0], TEMPLATED[3])))["shared"].to_pylist()
    assert (same, apart) == (1.0, 0.0)


def test_halves_without_a_word_of_content_are_no_fault() -> None:
    assert fault(pair("What is it?", "Is it not?", options=("Yes.", "No."))) is None
    assert fault(CLEAN) is None
