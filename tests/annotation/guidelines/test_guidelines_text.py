"""The text with examples, and what untrusted words can do to it: nothing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.guidelines import Examples, examples, guidelines_text, render_html
from annotation.guidelines.as_html import MAX_MARKDOWN
from annotation.guidelines.escaping import shown
from annotation.verdict import FAULTS, JUDGEMENTS
from schemas.pair import MAX_TEXT
from schemas.taxonomy import DEFAULT_TAXONOMY, MMR_CATEGORIES, UNSORTED
from tests.annotation.guidelines.elements import read_html
from tests.annotation.guidelines.kept_pairs import kept_pairs, pair_of_texts

HOSTILE = (
    "<script>alert(1)</script>", "</td></table></div><img src=x onerror=alert(1)>", "<!-- a", "<![CDATA[", "<?php",
    "[x](javascript:alert(1))", "[x](https://a.example)", "![](http://a.example/x.png)", "<https://a.example>",
    "[x]: https://a.example", "[x][x]", "https://a.example", "www.a.example", "me@a.example", "`", "``` x", "| a | b",
    "\\|", "\\", "\\\\|", "**a**", "*", "__a__", "~~a~~", "&lt;b&gt;", "&#60;b&#62;", "&amp;lt;", "{{ 7 * 7 }}",
    "{% raw %}", "{#", "# a", "> a", "- a", "1. a", "---", "|---|---|", "+++", "a\n\n# b", "a\r\n|---|---|", "a  \nb",
    "\t\tcode", "   ", "\u2028", "\x00\x1b[31m", "\u202eabc", "שלום עולם", "مرحبا", "\u0338", "\u200d", "🐕",
    "$x$", "==a==", "^a^", ":dog:", "[^1]", "<style>*{display:none}</style>", "x" * MAX_TEXT, "<" * MAX_TEXT,
    "*" * MAX_TEXT, "\u202e" * MAX_TEXT, "(empty)",
)  # fmt: skip
NAMES = [fault.replace("-", " ") for fault in FAULTS]  # as the page has them
words = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=1, max_size=6).map("".join)
texts = words.map(lambda text: text[:MAX_TEXT] or "x")
eleven = st.lists(texts, min_size=11, max_size=11)


def html_of(given: list[str], *, language: str = "de") -> str:
    """The guidelines with one pair of these texts, as Label Studio gets them."""
    pair = pair_of_texts(*given, language=language)
    return render_html(guidelines_text(examples([pair], seed=0), DEFAULT_TAXONOMY))


HARMLESS = read_html(html_of([f"Harmless text {index}" for index in range(11)]))


@settings(deadline=None, max_examples=150)
@given(eleven)
def test_no_text_of_a_pair_becomes_an_element_or_an_attribute(given: list[str]) -> None:
    assert read_html(html_of(given)).elements == HARMLESS.elements


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_text_becomes_an_element_or_an_attribute(text: str) -> None:
    assert read_html(html_of([text] * 11)).elements == HARMLESS.elements


@pytest.mark.parametrize("text", [text for text in HOSTILE if not set(text) & set(".?!;:\n") and len(text) < 999])
def test_no_hostile_text_said_in_other_words_becomes_an_element(text: str) -> None:
    said, harmless = (html_of([f"The {one}."] * 11, language="en") for one in (text, "text"))
    assert "It is true that the " in said
    assert read_html(said).elements == read_html(harmless).elements


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_text_is_read_as_it_was_written(text: str) -> None:
    cells = read_html(render_html(f"| {shown(text)} |\n|---|")).text
    assert cells.endswith(" ".join(text.split()) or "(empty)")


@given(texts)
def test_shown_text_is_one_line_of_bounded_length(text: str) -> None:
    made = shown(text)
    assert 0 < len(made) <= 2 * 300
    assert made.splitlines() == [made]
    assert re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", made) is None


def test_what_is_cut_off_says_so() -> None:
    assert shown("x" * 301) == "x" * 299 + "…"
    assert shown("x" * 300) == "x" * 300


def test_explains_every_category_fault_verdict_and_task() -> None:
    text = guidelines_text(Examples(), DEFAULT_TAXONOMY)
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert headings == [*NAMES, *MMR_CATEGORIES]
    for word in (*JUDGEMENTS, "Review", "Blind solve", "none", "premise", "Ctrl"):
        assert word in text


def test_shows_an_example_under_every_category_and_under_all_faults_but_one() -> None:
    text = guidelines_text(examples(kept_pairs(), seed=0), DEFAULT_TAXONOMY)
    parts = re.split(r"^###? ", text, flags=re.MULTILINE)
    with_table = {part.splitlines()[0] for part in parts if "| A |" in part}
    assert with_table == {"When agreeing is right", *NAMES, *MMR_CATEGORIES} - {"not visible"}


def test_without_examples_there_are_no_tables_but_that_of_keys() -> None:
    elements = read_html(render_html(guidelines_text(Examples(), DEFAULT_TAXONOMY))).elements
    assert elements.count("table []") == 1


def test_categories_of_the_users_own_are_there_with_their_examples() -> None:
    mine = pair_of_texts(
        "", "Sunny?", "Why the rain?", "Yes.", "No.", "It is sunny.", "Clouds.", category="own/weather"
    )
    text = guidelines_text(examples([mine], seed=0), DEFAULT_TAXONOMY.extended(("own/weather", "own/sea_state")))
    assert "### own/weather" in text
    assert r"### own/sea\_state" in text
    assert "Why the rain?" in text


def test_pairs_without_a_category_are_explained_too() -> None:
    loose = pair_of_texts("", "Sunny?", "Why the rain?", "Yes.", "No.", "It is sunny.", "Clouds.", category=UNSORTED)
    assert "without a category" in guidelines_text(examples([loose], seed=0), DEFAULT_TAXONOMY)


def test_longest_pairs_of_all_categories_still_fit() -> None:
    pairs = [
        pair_of_texts(*([f"{name}{'<' * 1_900}"] * 19), category=name) for name in (*MMR_CATEGORIES, "own/a", "own/b")
    ]
    assert len(guidelines_text(examples(pairs, seed=0), DEFAULT_TAXONOMY)) < MAX_MARKDOWN


def test_same_pairs_and_seed_give_the_same_text() -> None:
    once, again = (guidelines_text(examples(kept_pairs(), seed=2), DEFAULT_TAXONOMY) for _ in range(2))
    assert once == again
    assert once.endswith("\n")
    assert not once.endswith("\n\n")
    assert "\n\n\n" not in once
