import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from mllm.reading import NotInForm, read_form


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    letter: str
    sure: float


JSON = '{"letter": "B", "sure": 0.9}'


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"  \n{JSON}\n",
        f"```json\n{JSON}\n```",
        f"```\n{JSON}\n```",
        f"Sure! Here you go:\n```json\n{JSON}\n```\nAnything else?",
        f"The answer is {JSON}.",
        f'<think>{{"letter": "A"}} or so?</think>{JSON}',
        f'First a draft {{"letter": "A"}}, then the answer: {JSON}',
        f"{{braces}} and more {{ braces }} {JSON}",
    ],
)
def test_reads_the_form_amid_fences_and_talk(text: str) -> None:
    assert read_form(text, Answer) == Answer(letter="B", sure=0.9)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a JSON object"),
        ("B", "not a JSON object"),
        ('{"letter": "B"}', "sure: Field required"),
        ('{"letter": "B", "sure": "very"}', "sure: Input should be a valid number"),
        ('{"letter": "B", "sure": 1, "key": "B"}', "key: Extra inputs are not permitted"),
        ('{"letter": "B", "sure": 0.', "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"a":' * 10_000, "not a JSON object"),
        ("{" * 400_001, "longer than"),
    ],
)
def test_says_why_it_cannot_be_read(text: str, why: str) -> None:
    with pytest.raises(NotInForm, match=why):
        read_form(text, Answer)


@given(st.text(max_size=200))
def test_any_text_is_read_or_named(text: str) -> None:
    with contextlib.suppress(NotInForm):
        assert isinstance(read_form(text, Answer), Answer)


@given(st.text(max_size=50).filter(lambda text: "{" not in text and "```" not in text and "<think>" not in text))
def test_talk_before_and_after_changes_nothing(talk: str) -> None:
    assert read_form(f"{talk}\n{JSON}\n{talk}", Answer).model_dump() == {"letter": "B", "sure": 0.9}
