"""Where things stand: on a loose grid, so that nothing overlaps and rows, columns and corners are clear."""

from random import Random
from typing import NamedTuple

from datagen.scenes.world import Box

MARGIN = 0.03  # between the grid and the picture's border
GAP = 0.02  # between a thing and the border of its cell: twice this between neighbours


class Cell(NamedTuple):
    """A square block of the grid."""

    row: int
    column: int
    span: int
    grid: int

    @property
    def box(self) -> Box:
        """Where the block is, without the gap around it."""
        side = (1 - 2 * MARGIN) / self.grid
        left, top = MARGIN + self.column * side + GAP, MARGIN + self.row * side + GAP
        return Box(left, top, left + self.span * side - 2 * GAP, top + self.span * side - 2 * GAP)


def place(rng: Random, spans: list[int], grid: int) -> list[Cell] | None:
    """Random free blocks for things that span so many cells, the large ones placed first.

    Returns:
        A block for each, in the order given, or None where they do not fit (or not this time).
    """
    free = [[True] * grid for _ in range(grid)]
    cells: list[Cell | None] = [None] * len(spans)
    for number in sorted(range(len(spans)), key=lambda number: -spans[number]):
        span = spans[number]
        options = [
            Cell(row, column, span, grid)
            for row in range(grid - span + 1)
            for column in range(grid - span + 1)
            if all(free[row + down][column + right] for down in range(span) for right in range(span))
        ]
        if not options:
            return None
        chosen = rng.choice(options)
        for down in range(span):
            for right in range(span):
                free[chosen.row + down][chosen.column + right] = False
        cells[number] = chosen
    return [cell for cell in cells if cell is not None]


def fit(rng: Random, cell: Cell, width: float, fill: float) -> Box:
    """A box of a width (to a height of one) somewhere in a cell.

    Args:
        rng: Decides where.
        cell: What the box must stay in.
        width: Width over height.
        fill: Share of the cell's side that the box's longer side takes, in (0, 1].
    """
    room = cell.box
    longer = room.width * fill
    wide, high = (longer, longer / width) if width > 1 else (longer * width, longer)
    left = room.left + rng.random() * (room.width - wide)
    top = room.top + rng.random() * (room.height - high)
    return Box(left, top, left + wide, top + high).rounded()
