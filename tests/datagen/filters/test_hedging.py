"""Hedging is found however it is put, and words that only look like it are left alone."""

import re
import tomllib
from importlib.resources import files

import pyarrow as pa
import pytest

from datagen.filters.hedging import Hedging, hedge_in
from schemas import Pair
from tests.datagen.filters.test_filters import CLEAN, pair, table

HEDGED_OPTIONS = """
It might be red.
The kite may be in the upper left, or may not.
It could be a bus.
There might be two people in the picture.
The sign may say "PARK".
Perhaps the mushroom is red.
The mushroom is red, maybe.
It is possibly red.
Probably two.
The mushroom is likely red.
The mushroom is likely to be red.
It is most likely a kite.
It's hard to say, but it is red.
It is difficult to be sure, but the sign says "PARK".
The mushroom seems to be red.
The person seems to run.
There appear to be two people.
The mushroom, it seems, is red.
Seems red to me.
It looks like the mushroom is red.
The leaf looks as if it were orange.
The leaf is orange, but I would not swear to it.
The leaf is orange, one presumes.
The leaf is orange, yet this is far from certain.
Not enough can be seen to tell.
I think the mushroom is red.
The mushroom is red, I believe.
Yes, I'd guess it is red.
My best guess would be red.
We may assume that it is red.
I’m not certain, but it is red.
I am not entirely sure, but it is red.
I'm fairly sure it is red.
It isn't possible to determine the color with confidence.
As far as I can see, it is red.
From what can be seen, it is red.
To the best of my knowledge, it is red.
In my humble opinion, it is red.
Judging by the picture, it is red.
Presumably, the mushroom is red.
Apparently it is red.
Supposedly red.
It is believed to be red.
It's said to be red.
One cannot tell from the image.
You can't really tell from this picture.
It can hardly be made out.
The color cannot be determined.
It is not visible enough to say.
It isn't clearly visible.
Too blurry to tell.
There is not enough detail to be sure.
The picture doesn't make it clear.
It is unclear.
It isn't known.
There is no way of knowing.
Nobody can say.
Who knows, red.
It is possible that the mushroom is red.
There's a good chance it's red.
In all likelihood, it is red.
It's open to interpretation.
It is debatable, but red.
If I'm not mistaken, it is red.
If I had to guess, red.
Correct me if I am wrong, but it is red.
At first glance, it is red.
It is more or less red.
It is kind of red.
It is red, or something similar.
Roughly six kites.
There are six kites or so.
It's almost certainly red.
I CAN'T tell.
IT MIGHT BE RED.
Red (?)
There is a sort of butterfly in the picture.
There is some kind of hat in the picture.
The car is a kind of truck.
The gift is roughly on the table.
The person is roughly kneeling.
The boat is somewhat red.
The shape is something like a star.
The shape is a star of sorts.
The shape is red-ish.
The note is likely to stand for "flat".
To my eye, it is red.
According to the caption, it is red.
That is not mentioned.
I'm sorry, I am unable to see that.
""".strip().splitlines()

HEDGED_QUESTIONS = """
Perhaps the mushroom is gray?
Isn't the mushroom possibly gray?
Might the mushroom be gray?
Could it be that the mushroom is gray?
The mushroom is probably gray, right?
Isn't the mushroom likely gray?
I think the mushroom is gray. What color is it?
The mushroom appears to be gray, doesn't it?
It seems that the mushroom is gray. What color is it?
Is it possible that the mushroom is gray?
What color might the mushroom be?
Why is the mushroom presumably gray?
Roughly how many kites are there?
Is it conceivable that the leaf is green?
I seem to see a green leaf. What color is it?
I'm not sure, but isn't the mushroom gray?
As far as one can tell, what color is it?
What color is the mushroom, in your opinion?
What would be your guess: why is the leaf green?
What could the sign say?
What might the umbrella look like?
What may there be in the picture?
Which kite is in the picture, most likely?
Isn't the kite red, if it is clear enough?
What shape does the sign appear to have?
If you had to guess, what color is it?
Any idea where the boat is?
What color do you think the boat is?
""".strip().splitlines()

PLAIN_OPTIONS = """
The man appears sad.
The dog seems happy.
The woman looks uncertain.
He is confident, and sure of himself.
It is possible to enter by the left door.
Visitors may enter through the gate.
Vehicles may not enter this road.
The calendar shows May 2012.
The match took place in May.
The sign says "MAYBE".
The sign says 'PERHAPS LATER'.
The sign says MAYBE STREET.
The poster shows the song Call Me Maybe.
The statue is of The Unknown Soldier.
The shirt says "I think, therefore I am".
The water is not clear.
It's a shoe that looks like a car.
It looks like a fox.
It is some kind of animal.
No dog is visible.
Only the left hand is visible.
The door cannot be opened.
She can't reach the shelf.
The man is thinking.
The man is trying to guess the number.
The house is far from the lake.
The boy leans on the table.
The hard hat is yellow.
It can be seen: the mushroom is red.
That is just how it is: the mushroom is red.
That is not so: the mushroom is red.
No, but there is a kite in the picture.
The kite is up in the air.
There is a one-way sign.
He wears a sorrel coat.
I can see a Boeing 747.
It was taken in World War I, in 1916.
The letter I is red.
It is a kind of antelope.
The roughly painted wall is red.
The two halves are roughly the same size.
""".strip().splitlines()

PLAIN_QUESTIONS = """
What does the dog seem to be doing?
How many people appear to be in the queue?
What is the man likely to do next?
What might happen next?
How can you tell that the mushroom is red?
Somebody says that the mushroom is gray. What color is it?
I was told that the mushroom is gray. What color is it?
Why do you think the man is angry?
What may visitors do here?
Isn't it obvious that the bus is red?
Isn't it certain that the bus is red?
Isn't it in May?
Which animal does the cloud look like?
Why does the woman look uncertain?
What kind of animal is it?
Is the maypole red?
What may be used to open the box?
How could the room be improved?
What would happen if it rained?
Can you guess the weight?
They say that the mushroom is gray. What color is it?
By what can one tell that the mushroom is red?
What do you think of the color?
What is to your left?
""".strip().splitlines()


def dropped(*pairs: Pair) -> list[str | None]:
    batch = table(*pairs)
    found = Hedging().decide(Hedging().score(batch).append_column("pair_id", pa.array([one.pair_id for one in pairs])))
    assert {drop.reason for drop in found} <= {"hedging"}
    return [drop.pair_id for drop in found]


@pytest.mark.parametrize("text", HEDGED_OPTIONS)
def test_a_hedging_option_of_either_half_drops_the_pair(text: str) -> None:
    bad = pair(options=("The car is blue.", text, "The car is green."))
    assert dropped(bad, CLEAN) == [bad.pair_id]


@pytest.mark.parametrize("text", HEDGED_QUESTIONS)
def test_a_hedging_question_of_either_half_drops_the_pair(text: str) -> None:
    for bad in (pair(text), pair(negative=text)):
        assert dropped(bad, CLEAN) == [bad.pair_id]


@pytest.mark.parametrize("text", PLAIN_OPTIONS)
def test_an_option_that_only_sounds_like_it_stays(text: str) -> None:
    assert hedge_in(text, question=False) is None


@pytest.mark.parametrize("text", PLAIN_QUESTIONS)
def test_a_question_that_only_sounds_like_it_stays(text: str) -> None:
    assert hedge_in(text, question=True) is None


def test_the_phrase_that_is_named_is_the_first_of_the_text() -> None:
    assert hedge_in("Well, perhaps it might be red.", question=False) == "perhaps"


def test_a_sentence_that_is_all_in_quotes_is_read_and_a_word_is_what_a_sign_says() -> None:
    assert hedge_in("'MAYBE.'", question=False) is None
    assert hedge_in('"It might be red."', question=False) == "might"


def test_a_hedge_beside_a_quotation_is_found() -> None:
    assert hedge_in('The sign perhaps says "MAY".', question=False) == "perhaps"


@pytest.mark.parametrize("text", ["", "…", "123", "\ud800", "не знаю", "maybe" * 300])
def test_odd_texts_hold_none(text: str) -> None:
    assert hedge_in(text, question=False) is None


def test_a_long_text_is_read_in_time() -> None:
    assert hedge_in("not " * 500, question=False) is None
    assert hedge_in("it is not " + "really quite so " * 120 + "blue", question=False) is None


def test_each_plain_phrase_is_looked_for() -> None:
    """A phrase whose group names none of its words would never be found."""
    listed = tomllib.loads((files("datagen.filters") / "hedges.toml").read_text(encoding="utf-8"))
    spelled = [
        (phrase, bool(group.get("questions")))
        for group in listed["groups"]
        for phrase in group["phrases"]
        if re.fullmatch(r"[a-z' ]+", phrase)
    ]
    assert len(spelled) > 80
    assert [one for one, question in spelled if hedge_in(f"Well {one} red", question=question) is None] == []
