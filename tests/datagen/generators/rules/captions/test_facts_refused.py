"""Where captions leave a doubt, nothing is made of it."""

import pytest

from datagen.generators.rules.captions import read_captions

# What must not come of the captions: the beginning of a fact in short.
REFUSED: list[tuple[str, tuple[str, ...], str]] = [
    ("two colours", ("A black and white cat.", "A black and white cat on a bed."), "color"),
    ("three colours", ("A red, white and blue kite.", "A red white and blue kite."), "color"),
    ("colours disagree", ("A red car.", "A blue car.", "A car."), "color"),
    ("shade", ("A dark blue car.", "A dark blue car on a road."), "color"),
    ("colour of a part", ("Red handled scissors.", "A pair of red handled scissors."), "color"),
    ("colour between stripes", ("A red striped shirt.", "A man in a red striped shirt."), "color"),
    ("one of several", ("A red car on a street with cars.", "A red car.", "Cars on a street."), "color car"),
    ("another one", ("A red car parked by another car.", "A red car."), "color car"),
    ("wider word", ("A red bus.", "A red bus on a road.", "Several vehicles on a road."), "color bus"),
    ("doubtful colour said once", ("A brown chair by a door.", "A chair.", "A wooden chair."), "color chair"),
    ("animal's colour said once", ("A white dog.", "A dog on a couch.", "A dog."), "color dog"),
    ("people's colour", ("A black man in a hat.", "A black man."), "color man"),
    ("green light", ("A green light.", "The traffic light is green.", "A green traffic light."), "color"),
    ("white wine", ("A glass of white wine.", "White wine."), "color"),
    ("whose clothes", ("A man in a red shirt and a woman.", "A man in a red shirt with a woman."), "color"),
    ("two materials", ("A kitchen with glass and wooden cabinets.", "Wooden cabinets."), "texture"),
    ("numbers disagree", ("Two dogs on a bed.", "Three dogs on a bed."), "count"),
    ("number and vagueness", ("Two dogs.", "Two dogs.", "Several dogs."), "count"),
    ("number and one", ("Two dogs.", "Two dogs.", "A dog on a bed."), "count"),
    ("number said once", ("Four people wait.", "People wait.", "People at a street."), "count"),
    ("a couple is no number", ("A couple of dogs.", "A couple of dogs on a bed."), "count"),
    ("two story", ("A two story building.", "A two story building with a clock."), "count"),
    ("measure", ("Two slices of pizza.", "Two slices of pizza on a plate."), "count pizza"),
    ("postures disagree", ("A woman standing.", "A woman sitting.", "A woman."), "posture"),
    ("thing that sits", ("A laptop sitting on a desk.", "A laptop sits on a desk."), "posture"),
    ("posture in motion", ("A man standing on a surfboard.", "A man standing, riding a wave."), "posture"),
    ("which of two men", ("A man sitting on a bench.", "Two men on a bench.", "Men on a bench."), "posture"),
    (
        "only getting ready",
        ("A man about to hit a tennis ball.", "A man getting ready to serve a tennis ball."),
        "activity",
    ),
    (
        "somebody else does it",
        ("A girl watching a man ride a horse.", "A woman watches a man riding a horse."),
        "activity girl",
    ),
    ("boy learns", ("A man teaching a boy to ride a bike.", "A man helping a boy ride a bike."), "activity man"),
    ("activity said once", ("A man making pizza.", "A man by an oven.", "A man in a kitchen."), "activity"),
    ("not wearing", ("A man is not riding a horse.", "A man not riding a horse."), "activity"),
    ("dog on whom", ("A man holding a dog on a bench.", "A man with a dog on a bench."), "relation"),
    ("relations disagree", ("A sign behind a bush.", "A dog behind a couch.", "A dog on a couch."), "relation dog"),
    ("no people", ("A bench with no people.", "A bench without people."), "presence person"),
    ("looks like a train", ("A cake that looks like a train.", "A cake made to look like a train."), "presence train"),
    ("toy", ("A toy train on a table.", "A toy train."), "presence train"),
    ("statue", ("A horse statue.", "A statue of a horse in a park."), "presence horse"),
    ("picture on a wall", ("A wall with a picture of a dog.", "A picture of a dog hangs on a wall."), "presence dog"),
    ("ceramic cat", ("A ceramic cat on a shelf.", "A ceramic cat."), "presence cat"),
    ("costume", ("A dog dressed as a lion.", "A dog in a lion costume."), "presence lion"),
    ("hot dog", ("A hot dog on a plate.", "A hot dog with mustard."), "presence dog"),
    ("cat food", ("A bowl of cat food.", "Cat food in a bowl."), "presence cat present"),
    ("sheep, one or many", ("Sheep standing in a field.", "A sheep standing in a field."), "posture"),
    ("named once", ("A spoon by a clock.", "A clock.", "A clock on a wall."), "presence spoon"),
    ("typo", ("A tog on a bed.", "A tog."), "presence tog"),
]


@pytest.mark.parametrize(("captions", "start"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_doubt_makes_no_fact(captions: tuple[str, ...], start: str) -> None:
    facts = [f"{fact.slot} {fact.subject} {fact.value}" for fact in read_captions("x.jpg", captions).facts]
    assert not [fact for fact in facts if fact.startswith(start)]


@pytest.mark.parametrize(
    "captions",
    [
        (),
        ("",),
        ("...",),
        ("Un gato negro sentado en la cama.",),
        ("Eine Katze sitzt auf dem Bett.",),
        ("一只猫坐在床上",),
        ("\x1b[31m\x00" * 50,),
    ],
)
def test_what_is_no_english_gives_nothing(captions: tuple[str, ...]) -> None:
    assert read_captions("x.jpg", captions).facts == ()


def test_refusals_are_counted_by_reason() -> None:
    reading = read_captions("x.jpg", ["A red car.", "A blue car.", "Un perro negro en el sofa."])
    assert reading.refused["two colours"] == 1
    assert reading.refused["not English"] == 1
