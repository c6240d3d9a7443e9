"""The board as CSV: a row a model and benchmark, every category a column."""

import csv
import io
from collections.abc import Mapping

from evaluation.board.efficiency import FIGURES
from evaluation.board.row import Rate, Row
from evaluation.board.sections import Board, Section
from schemas.taxonomy import DEFAULT_TAXONOMY

MARK = "benchmark,digest,model,asked,source,reader,"
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def as_csv(board: Board) -> str:
    """A header and a line a row; rates in per cent to two decimals, as stated where published; empty where unknown.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    found = {name for section in board.sections for name in section.categories}
    categories = [*DEFAULT_TAXONOMY.categories, *sorted(found.difference(DEFAULT_TAXONOMY.categories))]
    lines = [_line(section, row, categories) for section in board.sections for row in section.rows]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(name) for name in (lines[0] if lines else {})])
    for line in lines:
        writer.writerow([_safe(value) for value in line.values()])
    return out.getvalue()


def _line(section: Section, row: Row, categories: list[str]) -> dict[str, object]:
    contrast = row.contrast
    return {
        "benchmark": section.title,
        "digest": section.digest,
        "model": row.model,
        "asked": row.asked,
        "source": row.source,
        "reader": row.reader,
        "standing": row.standing,
        "pairs": row.pairs or None,
        **_with_interval("ra", row.ra),
        **_with_interval("mr", row.mr),
        "other_reader_ra": _percent(row.other_ra),
        **_with_interval("true_premise", row.true_premise),
        "circular_ra": _percent(row.circular),
        "kept": _percent(row.kept),
        "blind_ra": _percent(row.blind),
        "unread": row.unread,
        "questions": row.questions,
        "contrast_pairs": contrast.pairs if contrast else None,
        "contrast_both": _share(contrast.both if contrast else None),
        "contrast_right": _share(contrast.right if contrast else None),
        "contrast_images": _share(contrast.images if contrast else None),
        "contrast_groups": _share(contrast.groups if contrast else None),
        "contrast_f1": _share(contrast.f1 if contrast else None),
        "contrast_yes": _share(contrast.yes if contrast else None),
        **{figure.key: row.efficiency.get(figure.key) for figure in FIGURES},
        **_by_category("ra", row.ra_by_category, categories),
        **_by_category("mr", row.mr_by_category, categories),
        "flags": " ".join(row.flags),
    }


def _with_interval(name: str, rate: Rate | None) -> dict[str, object]:
    interval = rate.interval if rate else None
    return {
        name: _percent(rate),
        f"{name}_low": _share(interval.low if interval else None),
        f"{name}_high": _share(interval.high if interval else None),
    }


def _by_category(name: str, rates: Mapping[str, Rate], categories: list[str]) -> dict[str, object]:
    return {f"{name} {category}": _percent(rates.get(category)) for category in categories}


def _percent(rate: Rate | None) -> str | None:
    return None if rate is None else f"{rate.percent:.2f}"


def _share(share: float | None) -> str | None:
    return _percent(None if share is None else Rate(share))


def _safe(value: object) -> object:
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return f"'{value}"
    return value
