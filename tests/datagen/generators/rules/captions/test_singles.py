"""That there is one of a thing, its shape, and how the one person looks."""

import pytest

from datagen.generators.rules.captions import read_captions


def said(slot: str, *captions: str) -> set[str]:
    return {f"{fact.subject} {fact.value}" for fact in read_captions("x.jpg", captions).facts if fact.slot == slot}


ONE: list[tuple[str, tuple[str, ...]]] = [
    ("dog", ("A dog on a rug.", "A brown dog.", "The dog is sleeping.")),
    ("cat", ("A cat.", "A kitten on a bed.", "A cat asleep.")),
    ("bed", ("A bed with a book.", "A book on a bed.", "A small bed.")),
    ("laptop", ("A laptop on a desk.", "A red laptop.", "A laptop computer.")),
    ("fire hydrant", ("A hydrant by a wall.", "A red fire hydrant.", "A fire hydrant.")),
    ("elephant", ("A man by an elephant.", "An elephant.", "A large elephant.")),
    ("train", ("A train.", "A red train by a hill.", "A train going by.")),
    ("stop sign", ("A stop sign.", "A red stop sign.", "A stop sign on a pole.")),
    ("microwave", ("A microwave on a counter.", "A white microwave.", "A microwave oven.")),
    ("clock", ("A clock on a wall.", "A round clock.", "A clock.", "A wall.")),
]

NOT_ONE: list[tuple[str, tuple[str, ...]]] = [
    ("several", ("A dog.", "Two dogs.", "A dog on a rug.")),
    ("another", ("A dog.", "A dog by another dog.", "A brown dog.")),
    ("other animals", ("A dog.", "A dog with animals.", "A brown dog.")),
    ("mirrored", ("A cat in a mirror.", "A cat.", "A cat by a mirror.")),
    ("few captions", ("A dog.", "A brown dog.")),
    ("few of them name it", ("A dog.", "A dog.", "A rug.", "A red rug.", "A rug on a floor.")),
    ("on a screen", ("A cat on a tv.", "A cat.", "A cat on a screen.")),
    ("a tower's clocks", ("A clock tower.", "A clock on a tower.", "A clock.")),
    ("at a station", ("A train at a station.", "A train.", "A red train.")),
    ("an office's", ("A laptop in an office.", "A laptop.", "A laptop on a desk.")),
    ("a toy", ("A toy train.", "A train.", "A train on a rug.")),
    ("denied", ("A man without a dog.", "A dog.", "A dog on a rug.")),
    ("background things", ("A car.", "A red car.", "A car by a tree.")),
    ("a bird of many", ("A bird.", "A gull.", "A bird in the sky.")),
    ("people", ("A man.", "A man on a bench.", "A man sitting.")),
]

MOODS: list[tuple[set[str], tuple[str, ...]]] = [
    ({"man happy"}, ("A smiling man.", "A man smiling.", "A man in a hat.")),
    ({"woman happy"}, ("A woman is laughing.", "A smiling woman with a phone.", "A woman on a phone.")),
    ({"boy sad"}, ("A crying boy.", "A boy is crying.", "A boy on a bench.")),
    ({"girl happy"}, ("A girl smiles.", "A happy girl.", "A little girl in a dress.")),
    (set(), ("A smiling man.", "A man in a hat.", "A man.")),
    (set(), ("A smiling man.", "A sad man.", "A man smiling.")),
    (set(), ("A man and a woman smiling.", "A smiling man.", "Two people smile.")),
    (set(), ("A smiling man with a woman.", "A smiling man.", "A man and a woman.")),
    (set(), ("A smiling dog with a man.", "A happy dog.", "A man with a happy dog.")),
    (set(), ("A painting of a smiling man.", "A smiling man in a painting.", "A man.")),
    (set(), ("A statue of a smiling man.", "A smiling man statue.", "A man.")),
    (set(), ("A man with a serious look.", "A smiling man.", "A man smiling.")),
]


@pytest.mark.parametrize(("label", "captions"), ONE)
def test_one_that_nobody_overlooks_is_counted(label: str, captions: tuple[str, ...]) -> None:
    assert f"{label} 1" in said("count", *captions)


@pytest.mark.parametrize("captions", [case[1] for case in NOT_ONE], ids=[case[0] for case in NOT_ONE])
def test_one_of_perhaps_several_is_not_counted(captions: tuple[str, ...]) -> None:
    assert not {fact for fact in said("count", *captions) if fact.endswith(" 1")}


def test_stop_sign_is_an_octagon_and_a_clock_of_no_known_shape() -> None:
    assert said("shape", "A stop sign.", "A red stop sign.", "A stop sign on a pole.") == {"stop sign octagon"}
    assert said("shape", "A clock.", "A clock on a wall.", "A white clock.") == set()


@pytest.mark.parametrize(("moods", "captions"), MOODS)
def test_mood_is_told_of_one_person_by_several_captions(moods: set[str], captions: tuple[str, ...]) -> None:
    assert said("emotion", *captions) == moods
