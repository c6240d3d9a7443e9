"""Replies to questions of yes and no: read where they commit, left alone where they do not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.readers.yes_no import official_first, official_yes_no, strict_yes_no

OPTIONS = {"A": "Yes", "B": "No"}
DOG = "Is there a dog in the image?"

YES = r"""
Yes
yes.
YES!
Yes, there is a dog in the image.
Yes there is a dog on the sofa.
**Yes**
**Yes**, a dog is lying on the rug.
"Yes"
(Yes)
`yes`
Yes</s>
yes<|im_end|>
Answer: Yes
Answer: **Yes**.
The answer is yes.
The answer to the question is: yes.
Final answer: yes
My answer is yes.
So, yes.
Therefore, the answer is Yes.
<think>No dog on the left, but one on the right.</think>Yes
<think>Is it a cat? No. It is a dog.</think>\n\nYes, there is.
<answer>Yes</answer>
\boxed{Yes}
{"answer": "yes"}
Yes yes yes
Yes. Yes, there is one.
Yes, there is a dog. There is no leash, and no cat.
Yep, right there.
Yeah.
Yes (quite clearly)
I would say yes.
I think yes.
No. Wait, yes, there is one behind the tree.
No, actually yes.
Is there a dog in the image? Yes.
Please answer yes or no. Yes
A brown dog lies on the rug, so yes.
The animal has floppy ears and a collar. Yes.
Based on the image, yes, there is a dog.
是的，图中有一只狗。
Oui, il y a un chien.
Ja, da ist ein Hund.
Sí.
Sim, há um cachorro.
ＹＥＳ
"""
NO = r"""
No
no.
NO
No, there is no dog in the image.
No there isn't.
No, there is a cat instead.
No, but there is a cat.
No. The image shows a cat.
No, it is actually a cat.
No, I cannot see a dog in the image.
No, I don't see any dog.
**No**
**No.** There is only a cat.
'No'
no</s>
Answer: no
answer - no
Answer:\nNo
The answer is no.
The correct answer is: No.
Final answer: No.
I'd say no.
Well, no.
So the answer is no.
<think>Something brown... a dog? It is a bag.</think> No.
<thinking>Yes? No.</thinking>no
<answer> no </answer>
The answer is \boxed{no}
```json\n{"answer": "No"}\n```
No no no.
Nope.
😀 No
Yes. Hold on, no, that is a fox.
Yes... wait, the answer is no.
Is there a dog in the image? No, there is not.
Answer with yes or no only.\nNo
The brown thing is a bag, therefore no.
不是。
没有，图中只有一只猫。
Non, il n'y a pas de chien.
Nein.
いいえ
No, neither of them is a dog.
"""
NEITHER = r"""

...
Maybe
Yes and no.
Yes or no?
Yes/No
yes no
No. Yes.
Yes. No.
Yes, no.
Yes: 60%, No: 40%
Yes (60%)\nNo (40%)
A. Yes\nB. No
Perhaps yes.
I'm not sure.
I am not sure, but no.
It is unclear.
I cannot determine whether there is a dog.
No, I cannot see the image.
No image was provided.
I'm sorry, I can't help with that.
Sorry, I do not see any image.
As an AI, no, I have no opinion.
No idea.
No clue
No. 5 is written on the shirt.
No parking is written on the sign.
No doubt
No one
No way to tell.
"No" is written on the sign.
"Yes" is on the shirt.
The sign says "no".
The sign says no.
A
B
(B)
A dog house.
Dog
The image shows a living room.
It depends: yes if wolves count.
<think>Yes, there is a dog
<think>The answer is no.
Yes, there is no dog in the image.
Yes, no dog.
Yes, it is not.
Is it an animal? Yes. Is it a dog? No.
Is it an animal? Yes.
Yes men
norway
yesterday
Yes if you look closely
The answer is yes or no.
The answer is not yes.
The answer would be neither.
If the fox counts, yes.
No it is.
No, it is.
Yes; no.
Yes on the left, no on the right.
yes for one, no for the other
No, yes, no
You may say yes, if that is a dog.
Yes?
The man says yes.
I don't know.
"""
# The sentence alone says it, of a question for something's presence.
STATED = {
    "There is no dog in the image.": "B",
    "There are no dogs in this picture.": "B",
    "There isn't a dog.": "B",
    "There is not a dog in the image": "B",
    "No dog is visible in the image.": "B",
    "No dog.": "B",
    "The image does not contain a dog.": "B",
    "The picture doesn't show any dogs.": "B",
    "I don't see a dog in the image.": "B",
    "There is no dog or cat in the image.": "B",
    "There is a dog in the image.": "A",
    "There are two dogs on the sofa.": "A",
    "The image shows a dog next to a tree.": "A",
    "I can see a dog.": "A",
    "There is a dog house.": None,
    "There is no dog house in the image.": None,
    "There is no dog in the foreground.": None,
    "There is no dog on the sofa.": None,
    "There is no hot dog in the image.": None,
    "There is a dog or a wolf.": None,
    "There is no dog, but there is one in the mirror.": None,
    "If there is a dog, it is hidden.": None,
    "There might be a dog.": None,
    "There is no cat in the image.": None,
    "There is a dog missing.": None,
    "There is a dog. There is no dog.": None,
    "Yes, there is no dog in the image.": None,
    "No, there is a dog in the image.": None,
}


def replies(block: str) -> list[str]:
    """One a line; a line break within one is written as in JSON."""
    return [line.replace("\\n", "\n") for line in block.removeprefix("\n").removesuffix("\n").split("\n")]


@pytest.mark.parametrize("question", ["", DOG, "Is the dog asleep?"])
@pytest.mark.parametrize(("block", "meant"), [(YES, "A"), (NO, "B"), (NEITHER, None)])
def test_reads_what_a_reply_commits_to_and_nothing_else(block: str, meant: str | None, question: str) -> None:
    wrong = {
        reply: found
        for reply in replies(block)
        if (question == DOG or not reply.startswith(DOG))  # an echo of what was asked, or a question of its own
        and (found := strict_yes_no(reply, OPTIONS, question=question)) != meant
    }
    assert wrong == {}


@pytest.mark.parametrize(("reply", "meant"), STATED.items())
def test_a_statement_of_presence_answers_a_question_for_it(reply: str, meant: str | None) -> None:
    assert strict_yes_no(reply, OPTIONS, question=DOG) == meant


@pytest.mark.parametrize("reply", [reply for reply in STATED if not reply.startswith(("Yes", "No,", "No dog"))])
def test_a_statement_answers_no_question_that_is_not_known(reply: str) -> None:
    assert strict_yes_no(reply, OPTIONS) is None
    assert strict_yes_no(reply, OPTIONS, question="Is the dog missing?") is None
    assert strict_yes_no(reply, OPTIONS, question="Is there no dog in the image?") is None


def test_a_question_that_denies_may_be_agreed_with() -> None:
    said = "Yes, it is not wearing a collar."
    assert strict_yes_no(said, OPTIONS, question="Is the dog without a collar?") == "A"
    assert strict_yes_no(said, OPTIONS, question="Is the dog wearing a collar?") is None


@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("No, he is holding a glove.", "B"), ("No, the man in the red shirt is not holding a bat.", "B"),
        ("No, the man in the red shirt is holding a bat.", None), ("Yes, he is.", "A"),
        ("Yes, the man in red is holding a bat and the man in blue is not.", "A"), ("Yes, he is not.", None),
        ("He is holding a bat.", None), ("My first thought was yes, but the answer is no.", "B"),
    ],
)  # fmt: skip
def test_what_is_said_behind_the_word_may_not_contradict_it(reply: str, meant: str | None) -> None:
    assert strict_yes_no(reply, OPTIONS, question="Is the man in the red shirt holding a bat?") == meant


def test_the_letters_go_with_the_texts() -> None:
    turned = {"A": "no", "B": "YES"}
    assert strict_yes_no("Yes.", turned) == "B"
    assert official_yes_no("Yes.", turned) == "B"
    assert strict_yes_no("Yes.", {"A": "red", "B": "blue"}) is None
    assert official_yes_no("Yes.", {"A": "red", "B": "blue"}) == "E"


@pytest.mark.parametrize(
    ("reply", "letter"),
    [
        ("Yes", "A"), ("No", "B"), ("no, there is not", "B"), ("There is not a dog", "B"), ("", "A"), ("Perhaps", "A"),
        ("It is a dog. No cat", "A"), ("NO", "A"), ("**No**", "A"), ("There isn't", "A"), ("Well,no", "A"),
        ("Yes, no leash", "B"),
    ],
)  # fmt: skip
def test_the_official_rule_is_kept_with_its_faults(reply: str, letter: str) -> None:
    assert official_yes_no(reply, OPTIONS) == letter


@pytest.mark.parametrize(
    ("reply", "letter"),
    [("Yes", "A"), ("NO.", "B"), ("There is no dog, yes", "B"), ("nothing", "E"), ("", "E"), ("Yes or no", "A")],
)
def test_the_other_official_rule_takes_the_first_word(reply: str, letter: str) -> None:
    assert official_first(reply, {"A": "yes", "B": "no"}) == letter


def test_for_letters_the_article_counts_in_that_rule() -> None:
    assert official_first("It is a dog: B", {"A": "A", "B": "B"}) == "A"


WORDS = st.sampled_from([
    "yes", "no", "Yes", "No", "YES", "NO", "not", "maybe", "dog", "there", "is", "isn't", "answer", "the", "wait",
    ".", ",", "?", "!", ":", "\n", "**", "<think>",
])  # fmt: skip


@given(st.text() | st.lists(WORDS, max_size=40).map(" ".join), st.sampled_from(["", DOG, "?"]))
@settings(max_examples=400, deadline=None)
def test_never_raises_whatever_is_said(reply: str, question: str) -> None:
    assert strict_yes_no(reply, OPTIONS, question=question) in ("A", "B", None)
    assert official_yes_no(reply, OPTIONS) in ("A", "B")
    assert official_first(reply, {"A": "yes", "B": "no"}) in ("A", "B", "E")


@given(st.lists(WORDS.filter(lambda word: word.lower() not in ("yes", "no", "not", "isn't")), max_size=40))
@settings(max_examples=200, deadline=None)
def test_reads_nothing_where_neither_word_nor_a_denial_stands(words: list[str]) -> None:
    assert strict_yes_no(" ".join(words), OPTIONS) is None


@given(st.lists(WORDS, max_size=20).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_turning_the_options_round_turns_the_letter(reply: str) -> None:
    there, turned = strict_yes_no(reply, OPTIONS), strict_yes_no(reply, {"A": "No", "B": "Yes"})
    assert {"A": "B", "B": "A", None: None}[there] == turned


@pytest.mark.parametrize(
    "part", ["yes ", "no, ", "yes\n", "the answer is ", "answer for ", ", no", "? ", "so, so ", "-"]
)
def test_long_replies_take_bounded_time(part: str) -> None:
    began = time.process_time()
    strict_yes_no(part * 40_000, OPTIONS, question=DOG)
    assert time.process_time() - began < 2
