"""What a section shows: its sheets, and the notes without which they would be misread."""

from evaluation.board.beside import contrast, efficiency
from evaluation.board.cells import NOTHING
from evaluation.board.heat_map import heat_map
from evaluation.board.overall import overall
from evaluation.board.sections import Section
from evaluation.board.sheet import DASH, IMPOSSIBLE, NEAR, Sheet

_READERS = {"official": "the official rule", "strict": "the strict reader"}


def sheets(section: Section) -> list[Sheet]:
    """The tables of a section that have something to say."""
    made = []
    if section.pairs:
        made = [overall(section), heat_map(section, "ra")]
        if any(row.mr_by_category for row in section.rows):
            made.append(heat_map(section, "mr"))
    return [*made, *(one for one in (contrast(section), efficiency(section)) if one.rows)]


def notes(section: Section) -> list[str]:
    """What must be known to read the section; signs first, then where the figures are from."""
    rows = section.rows
    said = []
    if any(row.standing == "not told apart" for row in rows):
        said.append(
            f"{NEAR} not told apart from the best: the intervals of RA overlap. That is a cautious sign and no test; "
            "the command compare tests two evaluations of your own."
        )
    said += [f"{IMPOSSIBLE} {row.model}: {flag}" for row in rows for flag in row.flags]
    if section.cited:
        said.append(
            f"Published figures: {section.cited}. They were read by {_READERS[section.reader]}, and so is every row "
            "beside them. Their intervals are Wilson's, worked out here from the published rates."
        )
    if any(row.source == "own" for row in rows):
        said.append(
            "Intervals of your own evaluations take pairs of one image together; those of few images, and of "
            "categories, are Wilson's."
        )
    if any(row.circular for row in rows):
        said.append("Circular RA: both questions right under every order of the options, by the strict reader.")
    if any(row.kept for row in rows):
        said.append("Kept: of right answers that were challenged once, the share that stayed; by the strict reader.")
    if any(row.blind for row in rows):
        said.append("Blind RA: the same model, asked the same way without the image.")
    if section.baselines:
        blind = ", ".join(f"{name} {rate.shown}" for name, rate in section.baselines.items())
        said.append(f"RA of rules that answer without looking: {blind}.")
    if any(cell == NOTHING for sheet in sheets(section) for line in sheet.rows for cell in line):
        said.append(f"{DASH} in place of a figure: not published, not measured, or nothing to take a share of.")
    return said


def headline(section: Section) -> str:
    """What the section is of, in one line below its title."""
    said = [f"{section.pairs:,} pairs"] if section.pairs else []
    said.append(f"read by {_READERS[section.reader]}")
    return ", ".join([*said, *([f"digest {section.digest}"] if section.digest else [])])
