"""What captions say plainly is read, and said as a person would say it."""

import pytest

from datagen.generators.rules.captions import read_captions

FACTS: list[tuple[str, tuple[str, ...], str]] = [
    ("colour by two", ("A red bus on a street.", "A large red bus.", "A bus parked."), "color bus red"),
    ("colour by one of two", ("A blue car next to a tree.", "A man by a car."), "color car blue"),
    ("colour of several", ("A kitchen with white cabinets.", "The cabinets are white."), "color cabinets white plural"),
    ("colour by verb", ("The toilet is yellow with a lid.", "A yellow toilet."), "color toilet yellow"),
    ("painted", ("A building painted blue.", "A blue building."), "color building blue"),
    ("material", ("A wooden bench in a park.", "An old wooden bench."), "texture bench wooden"),
    ("pattern", ("A man in a striped tie.", "A man wearing a striped tie."), "texture tie striped"),
    ("count", ("Two dogs on a bed.", "Two dogs are sleeping.", "Dogs on a bed."), "count dog 2 plural"),
    ("count of people", ("Two riders on a beach.", "Two people on horses."), "count person 2 plural"),
    (
        "count with a couple",
        ("A man and a woman on a bench.", "A couple on a bench.", "Two people sit on a bench."),
        "count person 2 plural",
    ),
    (
        "count with a typo",
        ("two giraffe in a field", "Two giraffes standing by a tree."),
        "count giraffe 2 plural",
    ),
    ("posture", ("A man sits on a bench.", "A man sitting down.", "A man on a bench."), "posture man sitting"),
    (
        "posture of an animal",
        ("A dog laying on a rug.", "A dog lies on a rug."),
        "posture dog lying down",
    ),
    (
        "activity, whatever the form",
        ("A man rides a horse on the beach.", "A man is riding a horse.", "A man on a horse."),
        "activity man riding a horse",
    ),
    (
        "activity of a person in clothes",
        ("A woman in a red dress talking on a cell phone.", "A lady talks on her phone."),
        "activity woman talking on a phone",
    ),
    (
        "activity of several",
        ("People flying kites in a park.", "A group of people flying kites."),
        "activity people flying kites plural",
    ),
    (
        "activity of two on one thing",
        ("A woman and child riding a bicycle.", "A mother and her child ride a bicycle."),
        "activity people riding a bicycle plural",
    ),
    (
        "activity of one among others",
        ("A tennis player hitting a tennis ball.", "A man hits a tennis ball before a crowd of people."),
        "activity tennis player hitting a tennis ball",
    ),
    (
        "activity of a bird",
        ("A white seagull flies over a beach.", "A bird flying over the sea."),
        "activity bird flying",
    ),
    ("man and boy", ("A boy riding a skateboard.", "A man riding a skateboard."), "activity person skateboarding"),
    ("relation", ("A laptop sitting on top of a desk.", "A laptop on a desk."), "relation laptop on desk"),
    ("relation by it", ("A bed with a book on it.", "A book on a bed."), "relation book on bed"),
    (
        "relation next to",
        ("A man standing next to an elephant.", "A man near an elephant."),
        "relation man next to elephant",
    ),
    ("relation in", ("A cat laying in a sink.", "A black cat in a sink."), "relation cat inside sink"),
    (
        "relation under",
        ("A girl stands under an umbrella.", "A girl under an umbrella."),
        "relation girl under umbrella",
    ),
    ("presence", ("A kite in the sky.", "A colorful kite."), "presence kite present"),
    ("presence of several", ("Kites in the sky.", "Many kites."), "presence kite present plural"),
    ("capitals and spaces", ("A  RED BUS ON A STREET ", "a red bus\n"), "color bus red"),
    ("a caption alone", ("A red car parked by a tree.",), "color car red"),
]


def said(*captions: str) -> set[str]:
    """The facts of an image in short: "color bus red", "relation book on bed"."""
    return {
        " ".join(
            part
            for part in (fact.slot, fact.subject, fact.value, fact.other or "", "plural" if fact.plural else "")
            if part
        )
        for fact in read_captions("x.jpg", captions).facts
    }


@pytest.mark.parametrize(("captions", "fact"), [case[1:] for case in FACTS], ids=[case[0] for case in FACTS])
def test_plain_statement_becomes_a_fact(captions: tuple[str, ...], fact: str) -> None:
    assert fact in said(*captions)


def test_fact_rests_on_the_captions_that_say_it() -> None:
    captions = ("A red bus.", "A bus on a street.", "The bus is red.")
    (fact,) = [fact for fact in read_captions("x.jpg", captions).facts if fact.slot == "color"]
    assert fact.source == "caption"
    assert fact.image == "x.jpg"
    assert fact.evidence == "A red bus. | The bus is red."
    assert fact.confidence == pytest.approx(2 / 3, abs=0.001)
