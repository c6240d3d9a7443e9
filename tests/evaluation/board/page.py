"""What a browser and a reader of Markdown make of the board's files."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt

VOID = {"meta", "br", "link", "img", "input", "hr"}
DRAWN = {"line", "circle"}  # of SVG, closed where they are opened


@dataclass
class Page(HTMLParser):
    """A page that was read: its tables as texts, its elements, and tags that do not match."""

    tables: list[list[list[str]]] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    unmatched: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in DRAWN:
            self.unmatched.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unmatched.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] += data

    @property
    def left_open(self) -> list[str]:
        return self._open


def page_of(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


def page_of_markdown(text: str) -> Page:
    """As CommonMark with GitHub's tables renders it; raw HTML would come through as elements."""
    return page_of(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
