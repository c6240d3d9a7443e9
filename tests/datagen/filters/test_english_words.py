import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.english import STOP_WORDS, base_form, content_words, singular, tokens_of
from datagen.filters.english.inflection import gerund, third_person, verbs
from datagen.filters.english.lexicon import synonyms, words_of_kind
from datagen.filters.english.replies import opened


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There are three grey dogs in the picture.", ("3", "gray", "dog")),
        ("The man isn't riding a horse.", ("man", "not", "ride", "horse")),
        ("The cup is in the box.", ("cup", "in", "box")),
        ("The sign says “CATS”.", ("sign", "say", "cats")),
        ("twenty-one people", ("21", "person")),
        ("two hundred birds", ("200", "bird")),
        ("[0.540,0.315]", ("0.540,0.315",)),
        ("I cannot see the children's colours", ("not", "see", "child", "color")),
        ("", ()),
        ("…?!", ()),
        ("It is the", ()),
    ],
)
def test_content_words_are_what_a_text_speaks_of(text: str, words: tuple[str, ...]) -> None:
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("riding", "ride"), ("rode", "ride"), ("sits", "sit"), ("sitting", "sit"), ("lies", "lie"), ("buses", "bus"),
        ("leaves", "leaf"), ("women", "woman"), ("ceiling", "ceiling"), ("glass", "glass"), ("is", "be"),
        ("king", "king"), ("bus", "bus"), ("hugged", "hug"), ("opening", "open"), ("striped", "stripe"),
        ("left", "left"),
    ],
)  # fmt: skip
def test_inflection_is_undone_and_nothing_more(word: str, base: str) -> None:
    assert base_form(word) == base


def test_every_listed_verb_is_the_base_of_its_own_forms() -> None:
    wrong = {form for verb in verbs() for form in (third_person(verb), gerund(verb)) if base_form(form) != verb}
    assert wrong == {"building", "icing", "leaves", "lives", "states"}  # nouns first


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(token.word for token in tokens_of(text))
    assert all(content_words(text))


@given(st.lists(st.sampled_from(["the", "dog", "is", "on", "a", "two", "trees", "not", "there", ","]), max_size=8))
def test_no_stop_word_is_content_and_negations_stay(words: list[str]) -> None:
    found = content_words(" ".join(words))
    assert not set(found) & STOP_WORDS
    assert found.count("not") == words.count("not")


@given(st.text(alphabet=st.characters(categories=["Ll"]), min_size=1, max_size=12))
def test_a_singular_has_no_other_singular_and_no_word_vanishes(word: str) -> None:
    assert singular(word)
    assert base_form(word)


@pytest.mark.parametrize(
    ("text", "reply", "rest", "short"),
    [
        ("Yes, the car is red.", "yes", "the car is red", False),
        ("No, it is not; it is blue.", "no", "it is blue", True),
        ("Yes, it is.", "yes", "", True),
        ("That is not so: the car is blue.", "no", "the car is blue", False),
        ("It can be seen: the car is blue.", "yes", "the car is blue", False),
        ("No, but there is a dog.", "no", "there is a dog", False),
        ("No dogs are there.", None, "no dogs are there", False),
        ("Right of the door.", None, "right of the door", False),
        ("", None, "", False),
    ],
)
def test_a_reply_is_told_from_what_it_goes_on_to_say(text: str, reply: str | None, rest: str, short: bool) -> None:
    found = opened(text)
    assert (found.reply, " ".join(token.word for token in found.rest), found.short) == (reply, rest, short)


def test_no_set_of_synonyms_joins_values_that_options_are_told_apart_by() -> None:
    known = synonyms()
    apart = [
        "red blue green yellow orange purple pink brown black white gray beige", "left right top bottom center",
        "on under above inside behind between", "man woman boy girl child", "dog cat horse cow sheep bird",
        "stand sit lie kneel jump run walk", "happy sad angry surprised sleepy", "big small huge tall",
        "circle square triangle star heart oval diamond hexagon octagon", "car truck bus van train boat bicycle",
    ]  # fmt: skip
    for line in apart:
        concepts = [known.get((base_form(word),), base_form(word)) for word in line.split()]
        assert len(set(concepts)) == len(concepts), (line, concepts)


def test_kinds_hold_what_their_names_say() -> None:
    assert {"red", "gray"} <= words_of_kind("color")
    assert "dog" in words_of_kind("animal") - words_of_kind("person")
    assert words_of_kind("posture") >= {"stand", "sit"}
