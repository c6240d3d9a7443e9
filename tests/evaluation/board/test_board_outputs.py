"""The board as Markdown, CSV and a page: the same figures in all three, and nothing that a name could do to them."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from evaluation.board import Board, Rate, build_board
from evaluation.board.as_csv import as_csv
from evaluation.board.as_html import as_html
from evaluation.board.as_markdown import as_markdown
from evaluation.board.heat_map import heat_map
from evaluation.results import Result
from evaluation.score import score_readings
from tests.evaluation.board.made import DIGEST, EFFICIENCY, FEW, contrasts, pairs_of, released, true_premises
from tests.evaluation.board.page import Page, page_of, page_of_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=http://x.example/a.png onerror=alert(1)>',
    "a | b || c",
    "`code` **bold** _under_ [link](http://x.example) ![i](http://x.example) $x$ ~~no~~ # \\",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "@SUM(A1)",
    "- 3",
    "x" * 5_000,
    "דגם عربي",
    "\u202eevil\u202c",
    "two\nlines\r\nand\ttab",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "<!-- -->",
    "\ud800 half",
    "",
    " ",
    "模型" * 60,
]


def result(model: str = "tiny", *, skill: float = 0.7, seed: int = 0, measured: bool = True) -> Result:
    rows = [*pairs_of(FEW, skill=skill, seed=seed), *true_premises(20, skill=0.8), *contrasts(15, skill=0.8)]
    config: dict[str, object] = {"unusual": []}
    return Result(Path("x"), model, "scenes", DIGEST, config, tuple(rows), efficiency=EFFICIENCY if measured else None)


def lines_of(board: Board) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(board))))


def pages_of(board: Board) -> list[Page]:
    return [page_of(as_html(board)), page_of_markdown(as_markdown(board))]


def cell(page: Page, table: int, row: str, column: str) -> str:
    """A cell by the beginning of its row's name and of its column's heading, without its sign and brackets."""
    lines = page.tables[table]
    heads = next(line for line in lines if line[0] == "Model")
    found = [line for line in lines if line[0].startswith(row)]
    assert len(found) == 1, row
    at = next(at for at, head in enumerate(heads) if re.fullmatch(rf"{re.escape(column)}(\s*\(?\d*\)?)?", head))
    return found[0][at]


def shown(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def test_all_three_hold_the_figures_of_score() -> None:
    own = result()
    board = build_board([own, result("other", skill=0.9)], with_published=False)
    scored = score_readings(own.rows)
    overall = scored.overall
    assert overall.ra_ci is not None
    assert scored.contrast is not None
    interval = f"{100 * overall.ra_ci.low:.1f}–{100 * overall.ra_ci.high:.1f}"
    for page in pages_of(board):
        ra = cell(page, 0, "tiny", "RA")
        assert ra.startswith(shown(overall.table.ra))
        assert interval in ra
        assert cell(page, 0, "tiny", "MR").startswith(shown(overall.table.mr))
        assert cell(page, 0, "tiny", "True premise").startswith(shown(overall.true_premise))
        assert cell(page, 0, "tiny", "Pairs") == "30"
        assert cell(page, 0, "tiny", "Read by") == "strict"
        assert re.match(rf"{scored.unread_by('strict')}\D", cell(page, 0, "tiny", "Unread"))
        for name, scores in scored.by_category.items():
            if scores.table.pairs:
                short = name.split("/")[1]
                assert cell(page, 1, "tiny", short) == shown(scores.table.ra)
                assert cell(page, 2, "tiny", short) == shown(scores.table.mr)
        assert cell(page, 3, "tiny", "Both right").startswith(shown(scored.contrast.both))
        assert cell(page, 4, "tiny", "Tokens/s") == "31.3"
    (line,) = [line for line in lines_of(board) if line["model"] == "tiny"]
    expected = {
        "ra": overall.table.ra, "mr": overall.table.mr, "true_premise": overall.true_premise,
        "ra_low": overall.ra_ci.low, "contrast_both": scored.contrast.both,
        **{f"ra {name}": one.table.ra for name, one in scored.by_category.items() if one.table.pairs},
        **{f"mr {name}": one.table.mr for name, one in scored.by_category.items() if one.table.pairs},
    }  # fmt: skip
    assert {name: line[name] for name in expected} == {
        name: "" if share is None else f"{100 * share:.2f}" for name, share in expected.items()
    }
    assert (line["pairs"], line["tokens_per_s"], line["reader"]) == ("30", "31.26", "strict")


def test_the_impossible_cell_is_flagged_everywhere_and_is_no_best() -> None:
    board = build_board([])
    for page in pages_of(board):
        assert cell(page, 1, "Mini-Gemini-HD-34B", "activity").replace(" ", "") == "19.17†"
        assert "19 of 24 (79.17) would fit" in page.text
    (line,) = [line for line in lines_of(board) if line["model"] == "Mini-Gemini-HD-34B"]
    assert line["ra context/activity"] == "19.17"
    assert "cannot be" in line["flags"]
    assert [one["model"] for one in lines_of(board) if one["flags"]] == ["Mini-Gemini-HD-34B"]


@pytest.mark.parametrize(("which", "share"), [("ra", 0.99), ("mr", 0.01)])
def test_an_impossible_figure_is_never_the_best(which: Literal["ra", "mr"], share: float) -> None:
    (section,) = build_board([]).sections
    name = "context/activity"
    first = section.rows[0]
    rates = {"ra_by_category": first.ra_by_category, "mr_by_category": first.mr_by_category}
    for odd in (False, True):
        given = {**rates[f"{which}_by_category"], name: Rate(share, stated=100 * share, impossible=odd)}
        row = replace(first, ra_by_category=given) if which == "ra" else replace(first, mr_by_category=given)
        sheet = heat_map(replace(section, rows=(row, *section.rows[1:])), which)
        column = [cells[section.categories.index(name) + 1] for cells in sheet.rows]
        assert column[0].best is not odd
        assert (column[0].share is None, bool(column[0].mark)) == (odd, odd)
        assert any(cell.best for cell in column)


def test_the_best_of_a_column_is_in_bold() -> None:
    board = build_board([])
    table = as_markdown(board).split("### RA by category")[1].split("###")[0]
    bold = [re.findall(r"\*\*([\d.]+)\*\*", line.split("|")[12]) for line in table.splitlines() if line.count("|") > 12]
    assert [found for found in bold if found] == [["83.3"]]


def test_what_was_not_published_is_a_dash_and_never_zero() -> None:
    board = build_board([])
    for page in pages_of(board):
        assert cell(page, 0, "Claude3-Opus-V", "MR") == "-"
        assert cell(page, 2, "Claude3-Opus-V", "number") == "-"
        assert len(page.tables) == 3  # no sheet of efficiency, for nothing was measured
    (line,) = [line for line in lines_of(board) if line["model"] == "Claude3-Opus-V"]
    assert (line["mr"], line["mr attribute/number"], line["unread"], line["tokens_per_s"]) == ("", "", "", "")


def test_published_figures_stand_as_they_were_stated_in_the_csv() -> None:
    (line,) = [line for line in lines_of(build_board([])) if line["model"] == "LLaVA-1.6-34B"]
    assert (line["ra"], line["ra attribute/position"]) == ("68.67", "72.72")
    assert (line["asked"], line["reader"]) == ("as published", "official")


def test_columns_that_no_row_fills_are_left_out() -> None:
    heads = [["Model", "Asked", "Read by", "Pairs", "RA", "MR"], ["Model", "True premise"]]
    for board, expected in ((build_board([]), heads[0]), (build_board([result()], with_published=False), heads[1])):
        for page in pages_of(board):
            (line,) = page.tables[0][:1]
            assert [head for head in expected if head not in line] == []
            assert not {"Circular RA", "Blind RA", "Kept"} & set(line)
            assert ("True premise" in line) == ("True premise" in expected)


def test_a_row_without_efficiency_is_left_out_of_its_sheet() -> None:
    board = build_board([result(), result("bare", measured=False)], with_published=False)
    for page in pages_of(board):
        assert [line[0] for line in page.tables[-1]] == ["Model", "tiny"]


@pytest.mark.parametrize("model", HOSTILE, ids=lambda name: ascii(name)[:20])
def test_a_hostile_name_does_nothing(model: str) -> None:
    plain, hostile = (build_board([result(name), result("a")], with_published=False) for name in ("safe", model))
    for before, after in zip(pages_of(plain), pages_of(hostile), strict=True):
        assert [tag for tag, _ in after.tags] == [tag for tag, _ in before.tags]
        assert [[len(line) for line in one] for one in after.tables] == [
            [len(line) for line in one] for one in before.tables
        ]
        assert (after.unmatched, after.left_open) == ([], [])
        assert not re.search("[\u202a-\u202e\ud800-\udfff]", after.text)
        assert max(len(line[0]) for one in after.tables for line in one) < 100
    for text in (as_html(hostile), as_markdown(hostile), as_csv(hostile)):
        text.encode("utf-8")
    lines = lines_of(hostile)
    assert len(lines) == 2
    for line in lines:
        assert not any(str(value).lstrip().startswith(tuple("=+-@＝＋－＠")) for value in line.values())
    assert as_markdown(hostile).count("\n") == as_markdown(plain).count("\n")


def test_a_name_is_read_back_as_it_is() -> None:
    names = ["a | b", "`x` *y* _z_ <b>", "[link](x) $1$ ~~s~~ \\ # &amp;", "Qwen_2-VL (7B)!"]
    board = build_board([result(name, seed=at) for at, name in enumerate(names)], with_published=False)
    for page in pages_of(board):
        assert {line[0] for line in page.tables[0][1:]} == set(names)


def test_names_of_benchmark_category_and_device_do_nothing_either() -> None:
    for text in HOSTILE:
        rows = pairs_of({f"attribute/{text}": 3, text: 2}, skill=0.5)
        config = {"unusual": [text]}
        made = Result(Path("x"), "m", text, text, config, tuple(rows), efficiency={"device": text, "dtype": text})
        made = replace(made, scores={"baselines": {text: {"ra": 0.5}}})
        board = build_board([made], with_published=False)
        for page in pages_of(board):
            assert (page.unmatched, page.left_open) == ([], [])
            assert not {"script", "img", "a", "em", "del", "code"} & {tag for tag, _ in page.tags}
        heads = next(csv.reader(io.StringIO(as_csv(board))))
        assert not any(head.lstrip().startswith(tuple("=+-@＝＋－＠")) for head in heads)


def test_markdown_makes_no_address_of_a_name() -> None:
    board = build_board([result("see http://x.example or WWW.x.example, ask @someone")], with_published=False)
    text = as_markdown(board)
    assert not re.search(r"https?:|www\.|@", text, re.IGNORECASE)
    assert page_of_markdown(text).tables[0][1][0] == "see http://x.example or WWW.x.example, ask @someone"


def test_the_page_needs_nothing_else() -> None:
    html = as_html(build_board([result(), result("<img src=http://x.example>")]))
    page = page_of(html)
    assert (page.unmatched, page.left_open) == ([], [])
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.tags}
    named = {name for _, attributes in page.tags for name in attributes}
    assert not {"src", "href", "srcset", "action", "style"} & named
    assert not any(name.startswith("on") for name in named)
    style = html[html.index("<style>") : html.index("</style>")]
    assert not re.search(r"url\(|@import|https?:", style)
    assert ("html", {"lang": "en"}) in page.tags


def test_every_shaded_cell_says_its_figure() -> None:
    page = page_of(as_html(build_board([])))
    shaded = [
        attributes
        for tag, attributes in page.tags
        if tag == "td" and re.match(r"(ra|mr)\d", attributes.get("class") or "")
    ]
    # 19 models, 17 with MR, in 12 categories; one cell cannot be
    assert len(shaded) == 19 * 12 - 1 + 17 * 12
    for table in page.tables[1:3]:
        assert all(re.fullmatch(r"[\d.]+†?|-", text) for line in table[2:] for text in line[1:])


def test_every_interval_is_drawn_around_its_share() -> None:
    tags = page_of(as_html(build_board([]))).tags
    drawn = [at for at, (tag, _) in enumerate(tags) if tag == "svg"]
    assert len(drawn) == 19
    places = []
    for at in drawn:
        floor, span, dot = (attributes for _, attributes in tags[at + 1 : at + 4])
        low, share, high = (float(text or "nan") for text in (span["x1"], dot["cx"], span["x2"]))
        assert 0 <= low < share < high <= 150
        assert floor["class"] == "floor"
        places.append(share)
        # from 20 to 80 per cent: what begins at the best's lower end, 63.55 %, stands at 108.9
        assert float(floor["x1"] or "nan") == pytest.approx(150 * (63.554 - 20) / 60, abs=0.06)
    assert places == sorted(places, reverse=True)


def test_the_same_board_is_the_same_bytes() -> None:
    first, second = (build_board([result(), result("b", skill=0.9)]) for _ in range(2))
    for make in (as_html, as_markdown, as_csv):
        assert make(first) == make(second)


def test_own_rows_of_the_release_say_which_reader_read_them() -> None:
    own = Result(Path("x"), "mine", "mmr", "d", {"unusual": []}, tuple(released(skill=0.9)))
    for page in pages_of(build_board([own])):
        assert cell(page, 0, "mine", "Read by") == "official"
        strict = score_readings(own.rows, scorer="strict").overall.table.ra
        assert cell(page, 0, "mine", "RA, strict") == shown(strict)
        assert "read by the official rule" in page.text
