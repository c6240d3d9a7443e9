"""The filter ``answer_form``: options of the wrong form go, whatever fairly answers stays."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters.answer_form import AnswerForm
from schemas import Option, Pair, Provenance, Question
from schemas.tables import pair_row, to_table

FINE = """
What color is the bus? | Red / Green / White / It is covered with green moss.
Why is the bus yellow? | The bus is not yellow; it is red. / So that it can be seen. / Because it is old
How many children are there? | Three children / Two. / None; the swings are empty. / A family of four
How many people are behind the mirror? | It's not a mirror, it's a panel. / Two / Three people / Half of them
Where is the cat sleeping? | On the windowsill / Under the bed / It is hidden in the grass. / Nowhere
Where was this photo taken? | Paris, France / Rome, Italy / At a train station in Tokyo / London
What does the sign say? | "Bakery" / "Closed" / "24 Hours" / The sign is blank.
What is the man doing with the ladder? | He is climbing it. / He is painting it. / Carrying it / He has just left.
What time does the clock show? | 10:10 / 2:50 / Noon / Midnight
What shape is the mirror? | Round / Oval / Heart-shaped / It looks like a ship.
How does the boy feel? | He looks sad. / He is furious. / He seems bored. / Surprise
Who is at the table? | The old woman in the red shawl / A dog / No one / The driver only
Is the dog on the left or on the right? | On the left / On the right / Behind him / There is no dog.
Is the dog wearing a collar? | Yes, a blue one. / Yes, a red one. / No, it wears a harness. / It is a fox, not a dog.
Is that four cats? | there are exactly four cats. / there are more than four cats. / there are fewer.
How can you tell that it is winter? | The trees are bare. / People wear coats. / The lake is frozen. / It is not winter.
What is unusual about the car? | It has flowers on its roof. / It is parked on its side. / It is pink.
Which person is taller? | The man is. / The woman is. / They are the same height. / Neither
What is the man looking at? | His watch / The man she is talking to / Something off camera / What he paid for
Which bounding box is the lady in blue? | [0.281,0.104,0.634,0.856] / [0.125,0.087,0.410,0.853] / [0.5,0.1,0.9,0.8]
What is there in the picture? | There is a building. / There is a black sign. / There are skis. / There is broccoli.
What is this man's posture? | On his back / Curled up / Sitting upright / With an arm raised
How many more cars than trucks are there? | Two more / Five more / As many cars as trucks / There are more trucks.
The lamp is on, right? | Yes, the lamp is on. / No, the lamp is off. / No, it is not. / Yes, it is.
What age group is it for? | 3 to 6 years / Adults only / 12+ / All ages
What is there in the picture? | There is a zebra. / There is an orange. / There is a lion. / There is food.
Why is it red? | It is plain to see: it is red. / Not true: it is blue. / That is the way it is: it is red.
What is the man doing? | He is reading. / He is sleeping. / He is on the phone. / He is eating.
How many women lie there? | Two / Three women were lying there. / Four / Five of them
What are the workers doing? | Laying tiles / They are taking a break. / They look at the roof. / Sweeping
Which season is it? | Autumn / Early spring / Winter, since there is snow / The middle of summer
Where is the light coming from? | The window / A lamp / From above / Behind us
What is the purpose of the rope? | A decoration / So that nobody falls / A handrail / To hold the boat
What happened here? | An accident / A party / Because of the storm, a flood / A fire
What is there in the picture? | There is a ring... / There is a lamp... / There is a hat...
How tall is the man? | 6'2" / 5'10" / As tall as the door / He is 180 cm tall.
"""

WRONG_KIND = """
What color is the bus? | Red / Green / Seven. / White
What color is the bus? | The bus is red. / The bus is green. / There are three of them. / The bus is white.
What color is the bus? | Red / Green / On the table / White
What color is the bus? | Red / Green / Yes, it is. / White
What color is the bus? | Red / Green / Because it rained. / White
What color is the bus? | Red / Green / At three o'clock / White
What color is the bus? | The bus is red. / The bus is green. / Rather gloomy / The bus is white.
I was told that the bus is red. What color is the bus? | It is red. / It is blue. / A dog / It is green.
How many buses are there? | Two / Three / Blue / Four
How many buses are there? | Two / Three / In the kitchen. / Four
How many buses are there? | Two / Three / The bus is yellow. / Four
Where is the bus? | On the road / In a garage / Green. / At the stop
Where is the bus? | On the road / In a garage / Three. / At the stop
Where is the bus? | The bus is on the road. / The bus is in a garage. / The bus is gray. / The bus is at the stop.
Who is driving? | A man / A woman / Behind the house / A girl
Who is driving? | A man / A woman / Yesterday / A girl
When does it leave? | At noon / In the morning / In the kitchen / At six
What is the person doing? | Running / Swimming / The person is red. / Reading a book
What is the person doing? | Running / Swimming / A refrigerator. / Reading a book
What posture is the person in? | The person is sitting. / The person is standing. / Purple. / The person is kneeling.
What shape is the sign? | A circle / A square / Twelve / A star
What does the sign say? | The sign says "STOP". / The sign says "GO". / It is on the left. / The sign says "EXIT".
How does the face look? | The face looks sad. / The face looks happy. / Eleven / The face looks angry.
What is there in the picture? | There is a cat in the picture. / There is a hat in the picture. / The hat is red.
What is there in the picture? | A cat / A hat / Very carefully / A key
Why is there a bus in the picture? | That is not so: there is a cat. / It just is. / Seven / There is a reason.
Isn't the bus left of the cat? | Yes, it is left of it. / No, it is above it. / Four. / No, it is below it.
Isn't the person sitting? | No, the person is standing. / Yes, the person is sitting. / It is blue.
What color is the plane? | The plane is red. / The plane is green. / The plane is towing a glider. / The plane is blue.
Isn't the bus red? | No, the bus is blue. / Yes, the bus is red. / No, my aunt. / No, the bus is pink.
How many hats are there? | There is one hat. / There are two hats. / The hats are the baker's son. / There are no hats.
How many hats are there? | There is one hat. / There are two hats. / The hats are in 1974. / There are no hats.
Where is the cup? | The cup is on the tray. / The cup is singing. / The cup is in the box. / The cup is under it.
Where is the cup? | The cup is on the tray. / The cup is a dentist. / The cup is in the box. / The cup is under it.
What shape is it? | It is a square. / It is a circle. / It is because of the frost. / It is an oval.
Which flag is it? | It is the flag of Peru. / It is Maria. / It is the flag of Chad. / It is the flag of Oman.
What is there in the picture? | There is a cup. / There is a hat. / So that nobody falls. / There is a key.
What is she holding? | A cup / A dog / Because of the rain / An umbrella
What is she holding? | A cup / A dog / Three weeks ago / An umbrella
"""

CUT = """
Where is the cup? | The cup is on the table. / The cup is under the table. / The cup is next to the
Where is the cup? | The cup is on the table. / The cup is on / The cup is under the table. / The cup is in the box.
Where is the cup? | The cup is on the table. / The cup is / The cup is under the table. / The cup is in the box.
Where is the cup? | The cup is on the table. / The cup is on the table and / The cup is here. / The cup is in the box.
Where is the cup? | The cup is on the table. / The cup is on the ta / The cup is under the table.
Where is the cup? | On the table / Under the... / In the box / On the tray
Where is the cup? | On the table / Under the bed, / In the box / On the tray
What does it say? | It says "STOP". / It says "GO / It says "EXIT". / It says "TAXI".
What is it? | A dog (brown / A cat / A horse / A cow
What is there in the picture? | There is a dog in the picture. / There is a cat in / There is a cow in the picture.
Why is the cup red? | That is not so: the cup is blue. / That is just how it is: the cup is / It is not. / It is green.
Which flag is it? | The flag is the flag of France. / It is the flag of / It is the flag of Italy.
What is it? | There is a cat in the picture. / There is a hat in the pic. / There is a cow in the picture.
What is it? | There is a cat in the picture. / There is a hat in the pictu. / There is a cow in the picture.
What posture is he in? | He is sitt. / He is standing. / He is sitting. / He is running.
What posture is he in? | He is kn. / He is standing. / He is sitting. / He is running.
"""

BROKEN = """
There is three dogs in the picture. | There is several dogs. | There is dogs in the picture. | There is stop signs here.
There are a dog in the picture. | There are one dog. | There are dog in the picture. | There are three dog.
The dogs is red. | The dog are red. | The road sign are red. | The children was running. | They is red.
He are standing. | She wear a hat. | The man ride a horse. | The men wears a hat. | It have a tail.
There is a apple in the picture. | It is an dog. | A elephant is here. | There is an TV.
The cup is is red. | The sign says says it. | It is under under it. | It be red. | The dog am red.
There being a dog here. | There a dog in the picture.
two dog | one cats | a dogs | these dog | several car | The the dog is red. | It is is red. | The dog is are red.
"""

SOUND = """
There is a pair of skis. | There are a lot of dogs. | There are a man and a woman. | There is a bus.
There are a few cats.
There is grass. | There's a glass of water. | There are two stop signs. | three-year-old dog | two fish | five sheep
The number of dogs is three. | The man with the dogs is tall. | The crowd are cheering. | There is no dog.
one of the dogs
A unicorn | an hour | an SUV | a European car | a one-way street | an X-ray | a uniform | an umbrella | a used car
The glasses are broken. | The police are here. | 24 hour parking | number 5 bus | Gate 3 entrance | 5 foot pole
a series
She can wear a hat. | They wear hats. | It is a 3-dog sled. | The dog walk is over. | Vitamin A is good.
A is left of B.
"""


def parted(lines: str) -> list[tuple[str, tuple[str, ...]]]:
    rows = (line.partition(" | ") for line in lines.strip().splitlines())
    return [(question, tuple(one.strip() for one in options.split(" / "))) for question, _, options in rows]


def listed(lines: str) -> list[str]:
    return [one.strip() for line in lines.strip().splitlines() for one in line.split(" | ")]


def question(text: str, options: tuple[str, ...], language: str = "en") -> Question:
    order = tuple(range(len(options)))
    found = tuple(Option(text=one) for one in options)
    return Question(text=text, image="path:a.jpg", options=found, answer=0, order=order, language=language)


def pair(positive: Question, negative: Question) -> Pair:
    return Pair(
        kind="false-premise", category="attribute/shape", positive=positive, negative=negative,
        provenance=Provenance(generator="test"),
    )  # fmt: skip


def clean(language: str = "en") -> Question:
    return question("What color is the car?", ("It is red.", "It is blue.", "It is green."), language)


def fault(text: str, options: tuple[str, ...]) -> str | None:
    """The fault of a question, which is the same in either half."""
    pairs = pair(question(text, options), clean()), pair(clean(), question(text, options))
    found = AnswerForm().score(to_table("pairs", [pair_row(one) for one in pairs]))["fault"].to_pylist()
    first, second = (None if one is None else str(one) for one in found)
    assert first == second or None in (first, second)
    return first or second


@pytest.mark.parametrize(("text", "options"), parted(FINE))
def test_what_fairly_answers_is_kept(text: str, options: tuple[str, ...]) -> None:
    assert fault(text, options) is None


@pytest.mark.parametrize(("text", "options"), parted(WRONG_KIND))
def test_another_kind_of_answer_than_asked_for_is_a_fault(text: str, options: tuple[str, ...]) -> None:
    found = fault(text, options)
    assert found is not None
    assert " to " in found or " among others" in found


@pytest.mark.parametrize(("text", "options"), parted(CUT))
def test_a_cut_sentence_is_a_fault(text: str, options: tuple[str, ...]) -> None:
    assert fault(text, options) == "cut"


@pytest.mark.parametrize("option", listed(BROKEN))
def test_broken_agreement_is_a_fault(option: str) -> None:
    found = fault("What do you think?", (option, "This may well be fine.", "That would be fine too."))
    assert found is not None
    assert found.startswith("agreement")


@pytest.mark.parametrize("option", listed(SOUND))
def test_sound_grammar_is_kept(option: str) -> None:
    assert fault("What do you think?", (option, "This may well be fine.", "That would be fine too.")) is None


def test_the_noun_a_question_counts_is_known_by_it() -> None:
    assert fault("How many grobles are there?", ("There are two groble.", "There are five grobles.", "One")) is not None
    assert fault("How many grobles are there?", ("There are two grobles.", "There are five grobles.", "One")) is None


def test_an_option_that_leaves_the_number_its_siblings_keep_is_a_fault() -> None:
    options = ('The sign say "STOP".', 'The sign says "GO".', 'The sign says "EXIT".')
    assert fault("What does the sign say?", options) == "agreement (the sign say)"


PARALLEL = """
The car is red. | The car red. | The car be red. | The car am red. | The car being red. | The car to be red.
The car is red. | Car is red.
The cup is in the box. | The cup is in box. | The cup in the box. | The cup is the box.
The sign says "GO". | The sign "GO". | The sign to say "GO". | The sign saying "GO".
There is a cat in the picture. | There a cat in the picture. | There is cat in the picture. | There is a cat in picture.
The man is running. | The man is run. | The man running. | The man be running.
It is a square. | It a square. | It is square shape. | It being a square.
"""
SIBLINGS = {
    "The car": ("The car is blue.", "The car is green.", "The car is striped."),
    "The cup": ("The cup is in the bag.", "The cup is in the car.", "The cup is in the sink."),
    "The sign": ('The sign says "STOP".', 'The sign says "LEFT".', 'The sign says "DOGS".'),
    "There is": ("There is a dog in the picture.", "There is an owl in the picture.", "There is a cow in the picture."),
    "The man": ("The man is sleeping.", "The man is eating.", "The man is jumping."),
    "It is": ("It is a circle.", "It is an oval.", "It is a star."),
}


@pytest.mark.parametrize("line", PARALLEL.strip().splitlines())
def test_what_breaks_the_frame_all_siblings_keep_is_a_fault(line: str) -> None:
    whole, *broken = line.split(" | ")
    siblings = next(others for start, others in SIBLINGS.items() if whole.startswith(start))
    assert fault("What is it like?", (whole, *siblings)) is None
    kept = [one for one in broken if fault("What is it like?", (siblings[0], one, *siblings[1:])) is None]
    assert kept == []


def test_siblings_with_verbs_of_their_own_break_no_frame() -> None:
    options = ("The dog is asleep.", "The dog barks loudly.", "The dog is gone.", "The dog calculates.")
    assert fault("What about the dog?", options) is None
    assert fault("What about the dog?", ("The dog is asleep.", "The dog barks.", "The dog is gone.")) is None


def test_a_question_among_answers_is_a_fault() -> None:
    assert fault("What is it?", ("A dog", "What is it then?", "A cat")) == "question"


def test_a_bare_no_denies_a_premise_but_answers_no_open_question() -> None:
    assert fault("What color is the car?", ("No.", "Red", "Blue")) == "yes-or-no to color"
    assert fault("Why is the car red?", ("No, it is not red.", "It was painted.", "For fun")) is None


def test_the_drop_names_the_option_and_the_fault_in_bounded_plain_text() -> None:
    bad = pair(clean(), question("What color is it?", ("Red", "Blue", "Seven \x1b" + "dogs " * 40)))
    scores = AnswerForm().score(to_table("pairs", [pair_row(one) for one in (bad, pair(clean(), clean()))]))
    (drop,) = AnswerForm().decide(scores.append_column("pair_id", pa.array([bad.pair_id, "other"], pa.string())))
    assert (drop.reason, drop.pair_id) == ("answer-form", bad.pair_id)
    assert drop.detail is not None
    assert drop.detail.startswith("animal to color: Seven \\x1b")
    assert len(drop.detail) < 120


def test_other_languages_are_not_measured_and_not_dropped() -> None:
    foreign = pair(clean("de"), question("Welche Farbe hat das Auto?", ("Drei", "Das ist the", "Rot"), "de"))
    scores = AnswerForm().score(to_table("pairs", [pair_row(foreign)]))
    assert scores["fault"].to_pylist() == [None]


@given(st.text(max_size=40), st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_can_be_judged(text: str, options: list[str]) -> None:
    half = question("What is it?", tuple(f"{place} {one}" for place, one in enumerate(options)))
    row = pair_row(pair(half, clean()))
    row["positive"]["text"] = text
    assert len(AnswerForm().score(to_table("pairs", [row]))) == 1


COLORS = ["red", "blue", "green", "gray", "white", "brown"]
FOREIGN = ["Seven", "There are five.", "In the kitchen.", "Yes.", "At noon", "Because it is late.", "Slowly", "A dog"]


@given(
    st.permutations(COLORS),
    st.sampled_from(FOREIGN),
    st.integers(0, 3),
    st.sampled_from(["{}", "It is {}.", "The car is {}."]),
)
def test_an_option_is_found_wherever_it_stands_and_however_the_others_are_worded(
    colors: list[str], foreign: str, place: int, wording: str
) -> None:
    options = [wording.format(color) for color in colors[:4]]
    assert fault("What color is the car?", tuple(options)) is None
    options[place] = foreign
    assert fault("What color is the car?", tuple(options)) is not None
