from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.generators.rules.clause import Clause
from datagen.generators.rules.contrast import Contrast
from datagen.generators.rules.pairs import pair_of
from datagen.generators.rules.wordings import WORDINGS
from schemas import Fact, Pair
from schemas.config import GenerateSettings
from schemas.fact import SLOTS, Slot

SETTINGS = GenerateSettings()


def contrast(slot: Slot = "color", *, image: str = "path:a.jpg", **changes: object) -> Contrast:
    values: dict[Slot, tuple[str, tuple[str, ...]]] = {
        "presence": ("present", ("cat", "boat", "kite", "oven")),
        "count": ("3", ("2", "4", "5")),
        "text": ("STOP", ("SHOP", "EXIT", "OPEN")),
    }
    value, others = values.get(slot, ("blue", ("red", "green", "white", "black", "pink")))
    fields: dict[str, object] = {"image": image, "slot": slot, "subject": "dog", "value": value, "source": "scene"}
    if slot == "relation":
        fields["other"] = "bed"
    return Contrast(Fact.model_validate(fields | changes), others)


def pairs(count: int = 4_000, slot: Slot = "color") -> Iterator[Pair]:
    for number in range(count):
        yield pair_of(contrast(slot, image=f"path:{number}"), SETTINGS, seed=0, generator="rules")


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slot_has_words_and_makes_a_pair(slot: Slot) -> None:
    assert slot in WORDINGS
    pair = pair_of(contrast(slot), SETTINGS, seed=0, generator="rules")
    assert len(pair.positive.options) == len(pair.negative.options) == 4
    assert len(set(pair.positive.shown)) == len(set(pair.negative.shown)) == 4
    assert pair.positive.right == pair.fact
    for text in (text for half in pair.halves for text in (half.text, *half.shown)):
        assert text[0].isupper()
        assert text[-1] in ".?"


@pytest.mark.parametrize("slot", ["color", "count", "presence"])
def test_every_letter_is_right_equally_often_in_each_polarity(slot: Slot) -> None:
    for half in ("positive", "negative"):
        letters = Counter(getattr(pair, half).letter for pair in pairs(slot=slot))
        assert set(letters) == set("ABCD")
        assert all(900 < number < 1_100 for number in letters.values()), letters


def test_agreeing_is_right_as_often_as_any_other_option() -> None:
    made = list(pairs())
    true = sum(pair.kind == "true-premise" for pair in made)
    assert 0.22 < true / len(made) < 0.28


def test_a_false_premise_is_false_and_a_true_one_true() -> None:
    for pair in pairs(400):
        assert (pair.premise == pair.fact) == (pair.kind == "true-premise")


def test_the_leading_question_takes_its_premise_for_granted() -> None:
    for pair in pairs(400):
        color = pair.premise.removeprefix("The dog is ").rstrip(".")
        assert color in pair.negative.text


def test_roles_say_what_is_right_in_answer_and_reason() -> None:
    for pair in pairs(200):
        roles = [option.role for option in pair.negative.options]
        assert roles[0] == "answer right, reason right"
        if pair.kind == "true-premise":
            assert set(roles[1:]) == {"answer wrong, reason wrong"}
        else:
            assert sorted(roles[1:]) == ["answer right, reason wrong"] * 2 + ["answer wrong, reason wrong"]


def test_all_kinds_of_leading_forms_occur() -> None:
    starts = Counter(pair.negative.text.split(" ")[0] for pair in pairs(400))
    assert set(starts) == {"Isn't", "The", "Why", "How", "Somebody", "I"}
    assert min(starts.values()) > 40


def test_no_dogs_is_never_taken_for_granted() -> None:
    zero = Contrast(contrast("count", value="1").fact, ("0", "2", "3"))
    for number in range(200):
        fact = zero.fact.model_copy(update={"image": f"path:{number}"})
        assert (
            " no dogs"
            not in pair_of(Contrast(fact, zero.alternatives), SETTINGS, seed=0, generator="rules").negative.text
        )


@given(st.integers(0, 2**63 - 1), st.text(min_size=1, max_size=20))
def test_a_pair_depends_on_seed_image_and_contrast_alone(seed: int, image: str) -> None:
    one = contrast(image=f"path:{image}")
    assert pair_of(one, SETTINGS, seed=seed, generator="rules") == pair_of(one, SETTINGS, seed=seed, generator="rules")


CAR = Clause("the car", "is", "red")
DOGS = Clause("there", "are", "two dogs")
SIGN = Clause("the sign", "says", '"GO"')
FACE = Clause("the face", "looks", "sad")


@pytest.mark.parametrize(
    ("clause", "statement", "isnt", "why"),
    [
        (CAR, "The car is red.", "Isn't the car red?", "Why is the car red?"),
        (DOGS, "There are two dogs.", "Aren't there two dogs?", "Why are there two dogs?"),
        (SIGN, 'The sign says "GO".', 'Doesn\'t the sign say "GO"?', 'Why does the sign say "GO"?'),
        (FACE, "The face looks sad.", "Doesn't the face look sad?", "Why does the face look sad?"),
    ],
)
def test_clauses_are_said_in_good_english(clause: Clause, statement: str, isnt: str, why: str) -> None:
    assert (clause.statement, clause.isnt, clause.why) == (statement, isnt, why)
