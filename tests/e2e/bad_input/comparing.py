"""What compare is given: evaluations, files of rows, and what is neither."""

import json
from typing import Any

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, gz, lines, link, nested, pipe

_ROW = {"id": "attribute/number/01", "question_type": "POS", "gold": "A", "official": "A", "strict": "A"}


def rows(**changed: Any) -> str:
    return "".join(lines({**_ROW, "question_type": half, **changed}) for half in ("POS", "NEG"))


GOOD = rows()
_MANIFEST = json.dumps(
    {"schema_version": 1, "stage": "eval/b/m", "number": 1, "model": "m", "config": {"digest": "x"}, "versions": {}}
)

ROWS: tuple[tuple[str, Content, str], ...] = (
    ("a link that leads nowhere", link("gone.jsonl"), "b.jsonl"),
    ("a pipe", pipe, "b.jsonl"),
    ("an empty folder", folder, "no evaluation"),
    ("nothing in it", "", "is empty"),
    ("no rows", "[]", "no rows"),
    ("text", "RA 60 %\n", "not JSON"),
    ("gzip", gz(GOOD.encode()), "not UTF-8"),
    ("nested deep", nested(50_000, '{"id":', "}"), "nested"),
    ("numbers", "1\n2\n", "has no id"),
    ("null", "null", "has no id"),
    ("replies in their place", lines({"id": "a/b/1", "question_type": "POS", "text": "A"}), "has no gold"),
    ("a letter that is a number", rows(strict=3), "not a text"),
    ("an id that is a list", rows(id=["a"]), "not a text"),
    ("an image that is an object", rows(image={}), "not a text"),
    ("a key of another kind", rows(gold=None), "not a text"),
    ("a kind nobody knows", rows(kind="maybe"), "kind"),
    ("a row in words", rows(row="seven"), "not a number"),
    ("another key", rows(gold="B"), "another key"),
    ("other pairs", rows(id="attribute/number/02"), "no pair in common"),
    ("half pairs alone", lines(_ROW), "no pair in common"),
    ("an id with a control sequence", rows(id="\x1b[2J"), "no pair in common"),
    ("a category that is a list", rows(category=[1]), "not a text"),
)

CASES = [
    *(Case(f"compare: {name}", "compare a.jsonl b.jsonl", said, {"a.jsonl": GOOD, "b.jsonl": content})
      for name, content, said in ROWS),
    Case("compare: nothing", "compare", "SCORES_A"),
    Case("compare: one alone", "compare a.jsonl", "SCORES_B", {"a.jsonl": GOOD}),
    Case("compare: what is not there", "compare a.jsonl gone", "gone", {"a.jsonl": GOOD}),
    Case("compare: a reader nobody knows", "compare a.jsonl a.jsonl --scorer lax", "strict", {"a.jsonl": GOOD}),
    Case("compare: a seed below nought", "compare a.jsonl a.jsonl --seed -1", "--seed", {"a.jsonl": GOOD}),
    Case("compare: a run without evaluations", "compare run run", "no evaluation", given="run"),
    Case("compare: an evaluation without scores", "compare e e", "scores.json",
         {"e/manifest.json": _MANIFEST, "e/rows.jsonl": GOOD}),
    Case("compare: scores that are a list", "compare e e", "scores.json",
         {"e/manifest.json": _MANIFEST, "e/rows.jsonl": GOOD, "e/scores.json": "[]"}),
    Case("compare: a manifest that is none", "compare e e", "manifest.json",
         {"e/manifest.json": "{}", "e/rows.jsonl": GOOD, "e/scores.json": "{}"}),
    Case("compare: a guard of words", "compare e e", "guard",
         {"e/manifest.json": _MANIFEST, "e/rows.jsonl": GOOD, "e/scores.json": "{}", "e/guard.jsonl": '{"id": "x"}'}),
    Case("compare: two evaluations in one folder", "compare e e", "holds 2 evaluations",
         {f"e/{name}/001/{file}": content for name in "xy" for file, content in (
             ("manifest.json", _MANIFEST), ("rows.jsonl", GOOD), ("scores.json", "{}"))}),
]  # fmt: skip
