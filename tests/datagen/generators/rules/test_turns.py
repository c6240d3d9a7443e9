"""Facts that captions tell, put in question by another of their parts: exactly one answer is right."""

import pytest

from datagen.generators.evidence import Evidence
from datagen.generators.rules import RULES
from schemas import Pair
from schemas.config import GenerateSettings

SETTINGS = GenerateSettings(per_image=40)


def pairs(*captions: str) -> dict[str, Pair]:
    made = RULES(Evidence(image="path:x.jpg", captions=captions), SETTINGS, seed=0)
    return {pair.positive.text: pair for pair in made.pairs}


ASKED: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "Who is riding a horse?",
        "A man is riding a horse.",
        ("A man riding a horse.", "A man rides a horse.", "A man on a beach."),
    ),
    ("Who is eating pizza?", "A boy is eating pizza.", ("A boy eating pizza.", "A boy eats pizza.", "A young boy.")),
    (
        "Who is next to the elephant?",
        "A woman is next to the elephant.",
        ("A woman next to an elephant.", "A woman near an elephant.", "A woman."),
    ),
    (
        "What is the man riding?",
        "The man is riding a horse.",
        ("A man riding a horse.", "A man rides a horse.", "A man."),
    ),
    (
        "What are the people riding?",
        "The people are riding elephants.",
        ("Two people riding elephants.", "People riding elephants.", "Two people."),
    ),
    (
        "What is on the desk?",
        "There is a laptop on the desk.",
        ("A laptop on a desk.", "A laptop sits on a desk.", "A desk."),
    ),
    (
        "What is on the desk?",
        "There is a laptop on the desk.",
        ("A desk with a laptop.", "A desk with a laptop and a lamp.", "A desk."),
    ),
    ("What is on the bed?", "There is a book on the bed.", ("A bed with a book on it.", "A book on a bed.", "A bed.")),
    (
        "What is on the plate?",
        "There is a pizza on the plate.",
        ("A pizza on a plate.", "A pizza on a white plate.", "A pizza."),
    ),
    (
        "What is in the bowl?",
        "There are noodles in the bowl.",
        ("A bowl of noodles.", "A bowl of noodles and beef.", "A bowl."),
    ),
    (
        "What is in the bowl?",
        "There is soup in the bowl.",
        ("A bowl of soup.", "A bowl of soup with a spoon.", "Some soup."),
    ),
    (
        "What is on the couch?",
        "There is a cat on the couch.",
        ("A cat on a couch.", "A cat lying on a sofa.", "A cat."),
    ),
]

REFUSED: list[tuple[str, str, tuple[str, ...]]] = [
    ("of two people", "Who", ("A man riding a horse by a woman.", "A man rides a horse.", "A man and a woman.")),
    ("man or boy", "Who", ("A man riding a horse.", "A boy rides a horse.", "A person on a horse.")),
    ("said of few", "Who", ("A person riding a horse.", "A man rides a horse.", "A rider.")),
    ("a crowd", "Who", ("A man riding a horse.", "A man rides a horse before a crowd.", "A man.")),
    ("a woman in it", "Who", ("A man riding a horse.", "A woman watches a man ride a horse.", "A man.")),
    ("two captions", "What is on", ("A laptop on a desk.", "A laptop on a desk.")),
    ("by it", "What is on", ("A desk with a laptop under it.", "A desk with a chair.", "A desk.")),
    ("a list of things", "What is on", ("A desk, a laptop and a lamp.", "A laptop and a desk.", "A desk.")),
    ("bowl or plate", "What is in", ("A bowl of rice.", "A plate of rice.", "A bowl of rice.")),
    ("several bowls", "What is in", ("Bowls of rice.", "A bowl of rice.", "Two bowls of rice.")),
    ("someone on it", "What is on", ("A man on a bench.", "A man sitting on a bench.", "A man.")),
    ("bed or couch", "What is on", ("A cat on a bed.", "A cat under a bed.", "A cat.")),
]


@pytest.mark.parametrize(("question", "answer", "captions"), ASKED)
def test_fact_is_asked_by_another_of_its_parts(question: str, answer: str, captions: tuple[str, ...]) -> None:
    pair = pairs(*captions)[question]
    assert pair.positive.right == pair.fact == answer
    assert len(set(pair.positive.shown)) == len(set(pair.negative.shown)) == 4
    assert (pair.premise == pair.fact) == (pair.kind == "true-premise")


@pytest.mark.parametrize(
    ("start", "captions"), [(case[1], case[2]) for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_part_in_doubt_is_not_asked(start: str, captions: tuple[str, ...]) -> None:
    assert not [question for question in pairs(*captions) if question.startswith(start)]


def false_of(question: str, *captions: str) -> set[str]:
    made = RULES(Evidence(image="path:x.jpg", captions=captions), SETTINGS, seed=0)
    return {text for pair in made.pairs if pair.positive.text == question for text in pair.positive.wrong}


def test_thing_on_a_bed_is_never_asked_to_be_on_a_couch() -> None:
    captions = ("A book on a bed.", "A book lying on a bed.", "A bed.")
    assert "The book is on a couch." not in false_of("Where is the book?", *captions)


def test_what_captions_name_is_never_put_there() -> None:
    found = false_of("What is on the bed?", "A book on a bed by a cat.", "A book on a bed.", "A guitar by a bed.")
    assert found
    assert not any("cat" in text or "guitar" in text for text in found)


def test_nobody_is_looked_for_in_a_suitcase() -> None:
    found = false_of("Where is the man?", "A man on a bench.", "A man sitting on a bench.", "A man.")
    assert not any("suitcase" in text or "sink" in text for text in found)


def test_what_is_by_an_animal_may_falsely_be_by_another() -> None:
    captions = ("A man next to an elephant.", "A man near an elephant.", "A man.")
    assert any(
        "next to a zebra" in text or "next to a giraffe" in text or "next to a" in text
        for text in false_of("Where is the man?", *captions)
    )


def test_pairs_of_plain_facts_come_before_turned_ones() -> None:
    captions = ("A laptop on a desk.", "A laptop sits on a desk.", "A red laptop on a desk.")
    made = RULES(Evidence(image="path:x.jpg", captions=captions), GenerateSettings(per_image=2), seed=0)
    assert not any(pair.positive.text.startswith(("What is on", "How many")) for pair in made.pairs)
