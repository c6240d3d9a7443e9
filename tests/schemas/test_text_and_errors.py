import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import DEFAULT_TAXONOMY, Registry, Taxonomy
from schemas.errors import BadConfig, InvalidPair, LeadproofError, MissingExtra, UnknownName
from schemas.text import folded, plain


@given(st.text())
def test_plain_text_is_one_line_without_control_characters(text: str) -> None:
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


def test_terminal_escapes_are_shown_not_obeyed() -> None:
    assert plain("\x1b[31mred\x07") == "\\x1b[31mred\\x07"


def test_an_error_is_one_line_of_what_where_and_what_next() -> None:
    error = InvalidPair("answer 'E' is not one of A-D", where="pairs.jsonl:17", fix="Fix the line.")
    assert str(error) == "pairs.jsonl:17: answer 'E' is not one of A-D. Fix the line."
    assert "\n" not in str(InvalidPair("a\nb", where="c\x1b[2J"))


def test_a_missing_extra_names_its_install_command() -> None:
    assert 'pip install "leadproof[embed]"' in str(MissingExtra("torch", "embed"))


def test_every_error_of_the_tree_has_an_exit_code() -> None:
    found, waiting = [], [LeadproofError]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].__subclasses__()
    assert {kind.exit_code for kind in found} == {1, 2}
    assert all(kind.__doc__ for kind in found)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("The dog.", "the  dog", True),
        ("A dog", "dog", True),
        ("Ａ　ＤＯＧ", "dog", True),
        ("3", "-3", False),
        ("U.S.", "US", False),
        ("2.5 m", "25 m", False),
        ("left", "right", False),
        ("C++", "C", True),
    ],
)
def test_folded_text_keeps_what_tells_options_apart(one: str, two: str, same: bool) -> None:
    assert (folded(one) == folded(two)) is same


def test_categories_are_found_with_and_without_their_level() -> None:
    assert DEFAULT_TAXONOMY.find("number") == DEFAULT_TAXONOMY.find("attribute/number") == "attribute/number"
    with pytest.raises(BadConfig, match="no category 'numbers'"):
        DEFAULT_TAXONOMY.find("numbers")


@pytest.mark.parametrize("name", ["weather", "../x", "a/b/c", "A/B", "/x", "a/", "a/.."])
def test_category_names_that_could_not_be_a_folder_are_refused(name: str) -> None:
    with pytest.raises(BadConfig):
        Taxonomy((name,))


def test_a_registry_names_the_nearest() -> None:
    registry: Registry[object] = Registry("filter", "leadproof.none", {"hedging": "schemas.text:plain"})
    assert registry.get("hedging") is plain
    with pytest.raises(UnknownName, match="Did you mean hedging"):
        registry.get("hedgin")
