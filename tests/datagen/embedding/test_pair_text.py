import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.embedding import claims_in
from datagen.embedding.pair_text import answered
from schemas import Option, Pair, Provenance, Question
from schemas.tables import pair_row, to_table

WORDS = ["Red", "car,", "the", "hat?", "left", "not", "two", "is", "there", "what", "right"]
OPTIONS = ("The car is blue.", "The car is red.")


def pair(positive: str, negative: str, *, language: str = "en", **changes: object) -> Pair:
    halves = [
        Question(
            text=text, image="path:a.jpg", options=tuple(Option(text=one) for one in OPTIONS), answer=0, order=(0, 1),
            language=language,
        )
        for text in (positive, negative)
    ]  # fmt: skip
    fields: dict[str, object] = {"kind": "false-premise", "category": "attribute/color&texture"}
    made_by = Provenance(generator="test")
    return Pair.model_validate(fields | {"positive": halves[0], "negative": halves[1], "provenance": made_by} | changes)


def test_what_a_pair_states_stands_for_it() -> None:
    one = pair("What color is the car?", "Isn't it red?", fact="The car is blue.", premise="The car is red.")
    (claims,) = claims_in(to_table("pairs", [pair_row(one)]))
    assert claims == ("The car is blue.", "The car is red.", True)


def test_questions_and_right_answers_stand_in_where_nothing_is_stated() -> None:
    one = pair("What color is the car?", "I was told that the car is red. What color is the car?", fact=" ")
    (claims,) = claims_in(to_table("pairs", [pair_row(one)]))
    assert claims == ("car blue", "car red blue", True)


def test_other_languages_keep_all_their_words() -> None:
    one = pair("Welche Farbe hat das Auto?", "Ist das Auto nicht rot?", language="de-AT")
    (claims,) = claims_in(to_table("pairs", [pair_row(one)]))
    assert claims == ("Welche Farbe hat das Auto? The car is blue.", "Ist das Auto nicht rot? The car is blue.", False)


def test_no_pairs_make_no_claims() -> None:
    assert claims_in(to_table("pairs", [])) == []


@pytest.mark.parametrize(
    ("question", "right", "left"),
    [
        ("The hat is on the right, right?", "Yes, the hat is on the right.", "hat on right"),
        ("Isn't the cat asleep?", "No, but the dog is.", "cat asleep dog"),
        ("What isn't on the table?", "A cup", "isn't on table cup"),
        ("Which bounding box is the man?", "[0.413,0.314]", "bounding box man 0.413,0.314"),
        ("Why?", "Yes", "Why"),
        ("?", "!", "? !"),
    ],
)
def test_words_of_asking_go_and_words_of_content_stay(question: str, right: str, left: str) -> None:
    assert answered(question, right) == left


@given(
    st.lists(
        st.sampled_from(WORDS),
        min_size=1,
        max_size=12,
    )
)
def test_a_word_is_said_once_and_none_is_made_up(words: list[str]) -> None:
    found = answered(" ".join(words), "Two hats").split()
    plain = [word.strip(",?").lower() for word in [*words, "Two", "hats"]]
    assert len({word.lower() for word in found}) == len(found)
    assert {word.lower() for word in found} <= set(plain)
    assert {"two", "hats"} <= {word.lower() for word in found}
