import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from schemas import Option, Pair, Provenance, Question
from schemas.identity import image_ref, path_ref, seeded_share, short


def question(
    text: str = "What color is the car?", *, order: tuple[int, ...] = (0, 1, 2), image: str = "path:a.jpg"
) -> Question:
    options = tuple(Option(text=value) for value in ("The car is blue.", "The car is red.", "The car is green."))
    return Question(text=text, image=image, options=options, answer=0, order=order)


def pair(**changes: object) -> Pair:
    fields: dict[str, object] = {
        "kind": "false-premise",
        "category": "attribute/color&texture",
        "positive": question(),
        "negative": question("Isn't the car red?"),
        "provenance": Provenance(generator="test"),
    }
    return Pair.model_validate(fields | changes)


def test_letters_order_provenance_and_verification_are_not_part_of_the_id() -> None:
    other = pair(
        positive=question(order=(2, 0, 1)),
        provenance=Provenance(generator="another", model="m"),
        verification="human-verified",
    )
    assert other.pair_id == pair().pair_id
    assert other.positive.letter == "B"


def test_order_the_options_were_made_in_is_not_part_of_the_id() -> None:
    swapped = question().model_copy(
        update={"options": (question().options[1], question().options[0], question().options[2]), "answer": 1}
    )
    assert pair(positive=swapped).pair_id == pair().pair_id


def test_image_kind_category_and_right_answer_are_part_of_the_id() -> None:
    ids = {
        pair().pair_id,
        pair(kind="true-premise").pair_id,
        pair(category="attribute/shape").pair_id,
        pair(positive=question(image="path:b.jpg")).pair_id,
        pair(positive=question().model_copy(update={"answer": 1})).pair_id,
    }
    assert len(ids) == 5


def test_composed_and_decomposed_letters_are_the_same_text() -> None:
    composed = question("Is the café open?")
    decomposed = question(unicodedata.normalize("NFD", "Is the café open?"))
    assert composed.text != decomposed.text
    assert pair(positive=composed).pair_id == pair(positive=decomposed).pair_id


def test_short_names_are_of_one_length_and_hold_no_path() -> None:
    assert len(short(image_ref(b"x"))) == len(short(path_ref("../../etc/passwd"))) == 16
    assert "/" not in short(path_ref("../../etc/passwd"))


@given(st.text(), st.text())
def test_seeded_parts_do_not_run_together(one: str, two: str) -> None:
    assert 0 <= seeded_share(0, one, two) < 1
    if "\x1f" not in one + two and (one or two):
        assert seeded_share(0, one, two) != seeded_share(0, one + two, "x")
