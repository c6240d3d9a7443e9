"""A question's text as the benchmark writes it: a stem and 2-8 lettered options in one string.

Real rows are irregular: letters in another order, options on the question's own line, a letter without
its dot, indented lines, and texts that hold dots and letters themselves. So the text is not matched
against patterns: all possible markers are found, and the cheapest consistent set of them is searched
for (uniform-cost search; every letter from A on exactly once).
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count

from schemas.mmr.markers import Marker, find_markers
from schemas.pair import LETTERS

_LAYOUT_CHANGE = 2.5  # from one marker to the next; the first one is compared with "own line"
_STYLE_CHANGE = 2.0  # "A." then "B)"
_OUT_OF_ORDER = 1.5
_EMPTY = 8.0  # an option without text
_NO_STEM = 4.0
_NOT_FOUR = 2.5  # nearly all questions of this kind have four options
_DEAREST = 6.25  # per marker: beyond it, the text is not a question with options
_MOST_STEPS = 5_000


@dataclass(frozen=True)
class QuestionText:
    """A question without its options, the options' texts (A first), and their letters as they stand."""

    stem: str
    options: tuple[str, ...]
    reading_order: str

    @property
    def by_letter(self) -> dict[str, str]:
        """Letter to text, in the order in which a reader meets them."""
        return {letter: self.options[LETTERS.index(letter)] for letter in self.reading_order}


class NoOptions(ValueError):
    """A text that cannot be split into a stem and options; the message says why."""


def split_question(text: str) -> QuestionText:
    """Split a question's text into its stem and its options.

    Raises:
        NoOptions: There is no consistent set of markers.
    """
    markers = find_markers(text)
    chosen = _cheapest(text, markers)
    if chosen is None:
        raise NoOptions(_why(markers))
    ends = [*(marker.start for marker in chosen[1:]), len(text)]
    texts = {marker.letter: " ".join(text[marker.end : end].split()) for marker, end in zip(chosen, ends, strict=True)}
    order = "".join(marker.letter for marker in chosen)
    return QuestionText(text[: chosen[0].start].strip(), tuple(texts[letter] for letter in sorted(order)), order)


def format_question(stem: str, options: Sequence[str]) -> str:
    """Write a stem and options as the benchmark does: ``Q?``, then ``A. …`` and so on, a line each.

    White space inside an option becomes single spaces; in a stem too, where the text would else be
    read back differently.

    Raises:
        NoOptions: Not 2-8 options, or the text would be read back differently all the same.
    """
    if not 2 <= len(options) <= len(LETTERS):
        raise NoOptions(f"a question has 2-{len(LETTERS)} options, not {len(options)}")
    flat = tuple(" ".join(option.split()) for option in options)
    lines = "".join(f"\n{letter}. {option}" for letter, option in zip(LETTERS, flat, strict=False))
    if all(flat) and stem.strip() and not find_markers("\n".join((stem, *flat))):
        return stem.strip() + lines  # nothing in the texts can be taken for a marker
    for head in (stem.strip(), " ".join(stem.split())):
        try:
            if split_question(head + lines) == QuestionText(head, flat, LETTERS[: len(flat)]):
                return head + lines
        except NoOptions:
            continue
    raise NoOptions("written as one text, its options would be read back differently")


def _cheapest(text: str, markers: list[Marker]) -> list[Marker] | None:
    if _costs_nothing(text, markers):
        return markers
    skipped = [0.0, *accumulate(marker.skip for marker in markers)]
    order = count()  # ties: first found first, and nothing compares lists of markers
    queue: list[tuple[float, int, tuple[int, ...], bool]] = [(0.0, next(order), (), False)]
    best: dict[tuple[int, int, int], float] = {}
    for _ in range(_MOST_STEPS):
        if not queue:
            return None
        cost, _, path, whole = heapq.heappop(queue)
        if whole:
            return [markers[index] for index in path] if cost <= _DEAREST * len(path) else None
        letters = {markers[index].letter for index in path}
        if len(path) > 1 and letters == set(LETTERS[: len(path)]):
            heapq.heappush(queue, (cost + _closing(text, markers, path, skipped), next(order), path, True))
        for index, step in _next(text, markers, path, skipped):
            key = (path[0] if path else index, index, sum(1 << LETTERS.index(x) for x in letters))
            if best.get(key, 1e9) > cost + step:
                best[key] = cost + step
                heapq.heappush(queue, (cost + step, next(order), (*path, index), False))
    return None


def _costs_nothing(text: str, markers: list[Marker]) -> bool:
    """Four options as they should be, and nothing else that looks like one: no search is needed."""
    if [marker.letter for marker in markers] != list(LETTERS[:4]) or not text[: markers[0].start].strip():
        return False
    ends = [*(marker.start for marker in markers[1:]), len(text)]
    return len({marker.style for marker in markers}) == 1 and all(
        marker.cost == 0 and marker.layout == "line" and text[marker.end : end].strip()
        for marker, end in zip(markers, ends, strict=True)
    )


def _next(text: str, markers: list[Marker], path: tuple[int, ...], skipped: list[float]) -> Iterator[tuple[int, float]]:
    last = markers[path[-1]] if path else None
    taken = {markers[index].letter for index in path}
    first = path[-1] + 1 if path else 0
    for index in range(first, len(markers)):
        marker = markers[index]
        if marker.letter not in taken and (last is None or marker.start >= last.end):
            yield index, skipped[index] - skipped[first] + _step(text, last, marker)


def _step(text: str, last: Marker | None, marker: Marker) -> float:
    cost = marker.cost
    if last is None:
        cost += _LAYOUT_CHANGE * (marker.layout == "inline") + _OUT_OF_ORDER * (marker.letter != "A")
        return cost + _NO_STEM * (not text[: marker.start].strip())
    cost += _LAYOUT_CHANGE * (marker.layout != last.layout)
    cost += _STYLE_CHANGE * (marker.style != last.style and "none" not in (marker.style, last.style))
    cost += _OUT_OF_ORDER * (LETTERS.index(marker.letter) != LETTERS.index(last.letter) + 1)
    return cost + _EMPTY * (not text[last.end : marker.start].strip())


def _closing(text: str, markers: list[Marker], path: tuple[int, ...], skipped: list[float]) -> float:
    first, last = markers[path[0]], markers[path[-1]]
    letters = {markers[index].letter for index in path}
    cost = skipped[-1] - skipped[path[-1] + 1]
    cost += sum(
        marker.unclaimed
        for marker in markers[path[0] :]
        if marker.letter not in letters and marker.layout == first.layout and _alike(marker, first)
    )
    return cost + _NOT_FOUR * (len(path) != 4) + _EMPTY * (not text[last.end :].strip())


def _alike(marker: Marker, first: Marker) -> bool:
    return (marker.style == "none") <= (first.style == "none")


def _why(markers: list[Marker]) -> str:
    seen = [marker.letter for marker in markers if marker.layout == "line" and marker.skip]
    if len(seen) < 2:
        seen = [marker.letter for marker in markers if marker.skip]
    if not seen:
        return "no lettered options are found in it"
    return f"its options are lettered {', '.join(seen[:10])}, not each letter from A on once"
