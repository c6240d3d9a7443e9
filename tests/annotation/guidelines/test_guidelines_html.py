"""Markdown that people have edited, as Label Studio's panel gets it."""

import builtins
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.guidelines import render_html
from annotation.guidelines.as_html import MAX_MARKDOWN
from schemas.errors import BadInput, MissingExtra
from tests.annotation.guidelines.elements import read_html

ELEMENTS = {
    "div", "style", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "s", "code", "a",
}  # fmt: skip
ATTRIBUTES = {"class", "href", "title", "start", "style"}
PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src='//a'>", "<b onclick='x'>", "<style>",
    "</div>", "<!--", "[a](javascript:alert(1))", "[a](JaVaScRiPt&#58;alert(1))", "[a](data:text/html,x)", "[a](//a.b)",
    "[a](https://a.example \"t' onclick='x\")", "![a](http://a.example/x.png)", "<https://a.example>",
    "<javascript:alert(1)>", "[r]: javascript:alert(1)\n\n[r]", "```html\n<b>\n```", "    <b>", "`<b>`", "\n\n", "\n",
    "# a", "- a", "| a |\n|:-:|\n| <b> |", "> a", "**a**", "{{ 7 * 7 }}",
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=15), max_size=12).map("".join))
def test_whatever_is_typed_gives_harmless_elements_alone(markdown: str) -> None:
    for element in read_html(render_html(markdown)).elements:
        tag, _, attributes = element.removeprefix("/").partition(" ")
        assert tag in ELEMENTS
        for name, value in re.findall(r"\('([^']*)', ['\"](.*?)['\"]\)", attributes):
            assert name in ATTRIBUTES
            assert name != "href" or value.startswith(("http://", "https://"))
            assert name != "style" or value.startswith("text-align:")


def test_raw_html_stays_text() -> None:
    read = read_html(render_html("Look <b>closely</b>, <script>alert(1)</script>"))
    assert "<script>alert(1)</script>" in read.text
    assert not {"b []", "script []"} & set(read.elements)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.b", "a.md", "mailto:a@b.example"]
)
def test_links_lead_to_the_web_alone(address: str) -> None:
    assert "<a" not in render_html(f"[here]({address})")
    assert '<a href="https://a.example">here</a>' in render_html("[here](https://a.example)")


def test_images_are_not_fetched() -> None:
    assert "<img" not in render_html("![a dog](https://a.example/dog.png)")


def test_line_breaks_of_the_file_do_not_show() -> None:
    html = render_html("# Title\n\nOne line\nand the next.\n\n- a\n- b\n\n| a | b |\n|---|---|\n| c | d |\n")
    assert "\n" not in html
    assert "<p>One line and the next.</p><ul><li>a</li><li>b</li></ul><table>" in html


def test_styles_touch_nothing_but_the_guidelines() -> None:
    [style] = re.findall("<style>(.*?)</style>", render_html(""))
    selectors = [one for rule in re.findall(r"([^{}]+)\{", style) for one in rule.split(",")]
    assert selectors
    assert all(selector.strip().startswith(".leadproof-guidelines") for selector in selectors)


def test_refuses_what_nobody_would_read() -> None:
    assert render_html("x" * MAX_MARKDOWN)
    with pytest.raises(BadInput, match="100,001 characters") as caught:
        render_html("x" * (MAX_MARKDOWN + 1))
    assert caught.value.fix


def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "markdown_it":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtra, match=r"markdown-it-py") as caught:
        render_html("text")
    assert "leadproof[annotate]" in str(caught.value)
