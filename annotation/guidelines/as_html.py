"""Markdown as HTML for Label Studio's panel of instructions.

Label Studio shows it as it is: its server lets ``script`` and ``iframe`` through, and one of the two places that show
it does not clean it at all. So what comes out of here must be harmless by itself. Both places take all margins,
bullets and lines of tables away, so it brings a style sheet that touches nothing else on the page.
"""

from importlib.resources import files
from typing import Any

from schemas.errors import BadInput, MissingExtra

MAX_MARKDOWN = 100_000
"""Characters."""
_ADDRESSES = ("https://", "http://")


def render_html(markdown: str) -> str:
    """Markdown as HTML on one line: headings, paragraphs, lists, quotes, tables, emphasis, code and links.

    Raw HTML stays text. Links lead to ``http`` and ``https`` alone; images and blocks of code are not made.

    Args:
        markdown: CommonMark with tables, as people have edited it; at most :data:`MAX_MARKDOWN` characters.

    Returns:
        One ``div`` with the style sheet and all that the Markdown says; an empty text gives an empty one.

    Raises:
        BadInput: It is longer.
        MissingExtra: markdown-it-py is not installed.
    """
    if len(markdown) > MAX_MARKDOWN:
        what = f"the guidelines are {len(markdown):,} characters long, and {MAX_MARKDOWN:,} can be shown"
        raise BadInput(what, fix="Shorten them: nobody reads so much before starting to work.")
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise MissingExtra("markdown-it-py", "annotate", what="showing guidelines") from error

    class Careful(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return url.strip().lower().startswith(_ADDRESSES)

    made = Careful("js-default", {"html": False}).disable(["image", "code", "fence"])
    made.add_render_rule("softbreak", _space)
    style = files(__package__).joinpath("style.html").read_text(encoding="utf-8")
    # Line breaks that are left stand between elements, where the panel would show them as empty lines.
    return f'<div class="leadproof-guidelines">{style}{made.render(markdown)}</div>'.replace("\n", "")


def _space(*_: Any) -> str:
    return " "
