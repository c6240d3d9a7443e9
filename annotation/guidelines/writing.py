"""The text of the guidelines: a template, what categories are about, and the examples of a run."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from annotation.guidelines.escaping import shown
from annotation.guidelines.example import Examples
from annotation.verdict import FAULTS
from schemas.taxonomy import Taxonomy


def guidelines_text(chosen: Examples, taxonomy: Taxonomy) -> str:
    """The guidelines as Markdown, to be edited by hand.

    Args:
        chosen: The examples; where there is none, the text goes without.
        taxonomy: The run's categories. Those without a text of ours get a general one; a category that occurs in
            examples alone follows at the end.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent)
    # Every value that is put in goes through `finalize`: nothing of a pair reaches the text unescaped.
    made = Environment(
        loader=folder, undefined=StrictUndefined, autoescape=False, finalize=_escaped,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    text = made.get_template("guidelines.md.jinja").render(
        wrong={fault: chosen.of_fault(fault) for fault in FAULTS},
        agreeing=chosen.agreeing,
        categories=_categories(chosen, taxonomy),
    )
    return text.strip() + "\n"


def _escaped(value: Any) -> str:
    return shown(str(value))


def _categories(chosen: Examples, taxonomy: Taxonomy) -> list[dict[str, object]]:
    wording = tomllib.loads(files(__package__).joinpath("categories.toml").read_text(encoding="utf-8"))
    names = dict.fromkeys((*taxonomy.categories, *(example.category for example in chosen.right)))
    return [{"name": name, "says": wording.get(name), "example": chosen.of_category(name)} for name in names]
