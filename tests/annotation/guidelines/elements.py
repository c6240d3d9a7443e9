"""What a browser makes of HTML, read by the standard library: elements with their attributes, and the text."""

from html.parser import HTMLParser
from typing import NamedTuple


class Read(NamedTuple):
    """Elements in their order, opening with attributes and closing; comments and declarations too; and all text."""

    elements: list[str]
    text: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.elements.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.elements.append(f"declaration {decl}")

    def unknown_decl(self, data: str) -> None:
        self.elements.append(f"declaration {data}")

    def handle_pi(self, data: str) -> None:
        self.elements.append(f"instruction {data}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read_html(html: str) -> Read:
    """All that is in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Read(reader.elements, "".join(reader.text))
