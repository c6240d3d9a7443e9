"""That people are there, what is far from out of doors, and what they do before a mirror."""

import pytest

from datagen.generators.rules.captions import far_away, read_captions


def there(*captions: str) -> set[str]:
    facts = read_captions("x.jpg", captions).facts
    return {f"{fact.subject}{'s' if fact.plural else ''}" for fact in facts if fact.slot == "presence"}


@pytest.mark.parametrize(
    ("word", "captions"),
    [
        ("man", ("A man on a hill.", "A man.", "A man with a hat.")),
        ("woman", ("A woman on a hill.", "A lady.", "A woman with a hat.")),
        ("person", ("A person on a hill.", "A man.", "A person with a hat.")),
        ("persons", ("Two men on a hill.", "Some people.", "A group of people.")),
        ("persons", ("A player on a court.", "A man in front of a crowd.", "A tennis player.")),
    ],
)
def test_people_that_most_captions_name_are_there(word: str, captions: tuple[str, ...]) -> None:
    assert word in there(*captions)


@pytest.mark.parametrize(
    "captions",
    [
        ("A man on a hill.", "A hill.", "A green hill."),
        ("A statue of a man.", "A man.", "A bronze man."),
        ("A hill without people.", "No people.", "A hill."),
        ("A man on a hill.", "A man."),
    ],
)
def test_people_of_few_captions_or_of_stone_are_not(captions: tuple[str, ...]) -> None:
    assert not there(*captions) & {"man", "person", "persons"}


def test_bed_is_far_from_a_beach_but_not_from_a_house() -> None:
    assert {"bed", "toilet"} <= set(
        far_away(read_captions("x", ("A dog on a beach.", "A dog on the beach.", "A dog.")))
    )
    assert far_away(read_captions("x", ("A dog in a kitchen.", "A kitchen.", "A dog."))) == ()
    assert far_away(read_captions("x", ("A dog.", "A dog with a ball.", "A brown dog."))) == ()


def test_what_a_caption_names_is_not_far_away() -> None:
    captions = ("A bed on a beach.", "A mattress on the beach.", "A beach.")
    assert "bed" not in far_away(read_captions("x", captions))


@pytest.mark.parametrize(
    "captions",
    [
        ("A man looking at himself in the mirror.", "A man looks in a mirror.", "A man."),
        ("A cat looking into a mirror.", "A cat is looking at its reflection in a mirror.", "A cat."),
        ("A woman stares at herself in a mirror.", "A woman gazes into a mirror.", "A woman."),
    ],
)
def test_looking_in_a_mirror_is_read(captions: tuple[str, ...]) -> None:
    facts = read_captions("x", captions).facts
    assert "looking in a mirror" in {fact.value for fact in facts if fact.slot == "activity"}
