"""What score is given beside a benchmark: replies, further files, flags; and pair records for lint."""

import json
from typing import Any

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, gz, lines, link, nested, pipe
from tests.e2e.bad_input.pairs import PAIRS, REPLY, both, first, row, text, without

_ID = "attribute/number/01"


def reply(**changed: Any) -> str:
    return lines({"id": _ID, "question_type": "POS", "text": "C", **changed})


# What is wrong with the replies, their file, and what is said of it.
REPLIES: tuple[tuple[str, Content, str], ...] = (
    ("no such file", link("gone.jsonl"), "r.jsonl"),
    ("a folder", folder, "is a folder"),
    ("a pipe", pipe, "ordinary file"),
    ("a link in a circle", link("r.jsonl"), "r.jsonl"),
    ("nothing in them", "", "is empty"),
    ("an empty list", "[]", "no replies"),
    ("blank lines alone", "\n\n", "is empty"),
    ("plain text", "The answer is C.\n", "not JSON"),
    ("CSV", f"id,question_type,text\n{_ID},POS,C\n", "not JSON"),
    ("cut in the last line", REPLY + REPLY[:30], ":2"),
    ("UTF-16", REPLY.encode("utf-16"), "not UTF-8"),
    ("Latin-1", reply(text="x").replace("x", "ü").encode("latin-1"), "not UTF-8"),
    ("gzip", gz(REPLY.encode()), "not UTF-8"),
    ("a NUL between lines", f"{REPLY}\0\n{REPLY}", "not JSON"),
    ("nested deep", nested(50_000, '{"id":', "}"), "nested"),
    ("two objects in a line", REPLY.strip() + REPLY, "not JSON"),
    ("single quotes", "{'id': 'x'}\n", "not JSON"),
    ("a comma at the end", f"[{REPLY.strip()},]", "not JSON"),
    ("numbers", "1\n2\n", "is not a reply"),
    ("null", "null", "is not a reply"),
    ("a list of two", f'[["{_ID}", {{"text": "C"}}]]', "is not a reply"),
    ("a list of four", f'[["{_ID}", {{"text": "C"}}, "POS", 1]]', "is not a reply"),
    ("released rows with bare texts", f'[["{_ID}", "C", "POS"]]', "is not a reply"),
    ("released rows without a text", f'[["{_ID}", {{}}, "POS"]]', "has no text"),
    ("no id", '{"question_type": "POS", "text": "C"}', "has no id"),
    ("an id that is a list", reply(id=[_ID]), "has no id"),
    ("an id that is null", reply(id=None), "has no id"),
    ("an id that is a fraction", reply(id=1.5), "has no id"),
    ("no half", f'{{"id": "{_ID}", "text": "C"}}', "no question_type"),
    ("a half that is a number", reply(question_type=1), "no question_type"),
    ("no text", f'{{"id": "{_ID}", "question_type": "POS"}}', "has no text"),
    ("a text that is a number", reply(text=2), "has no text"),
    ("a text that is a list", reply(text=["C"]), "has no text"),
    ("a text that is NaN", reply(text="@").replace('"@"', "NaN"), "has no text"),
    ("to another benchmark", reply(id="attribute/number/02"), "none of 1 replies"),
    ("to no half there is", reply(question_type="BOTH"), "none of 1 replies"),
    ("to an id with a control sequence", reply(id="\x1b[2J\u202e\n"), r"\x1b[2J\u202e\n"),
    ("to an id past all length", reply(id="x" * 10**6), "none of 1 replies"),
    ("a bad one with a hostile id", reply(id="\x1b]0;x\x07", text=2), r"\x1b]0;x\x07"),
    ("a benchmark in their place", PAIRS, "has no text"),
    ("an id of half a surrogate pair", reply(id="@").replace("@", r"\ud800"), "none of 1 replies"),
)
GOOD = {"p.json": PAIRS, "r.jsonl": REPLY}
_TRUE = both(premise="true")

CASES = [
    *(
        Case(f"replies: {name}", "score p.json r.jsonl", said, {"p.json": PAIRS, "r.jsonl": content})
        for name, content, said in REPLIES
    ),
    Case("score: nothing named", "score", "benchmark"),
    Case("score: no replies named", "score p.json", "replies", GOOD),
    Case("score: three files", "score p.json r.jsonl more", "more", GOOD),
    Case("score: an unknown reader", "score p.json r.jsonl --scorer kind", "official", GOOD),
    Case("score: a seed below nought", "score p.json r.jsonl --seed -1", "--seed", GOOD),
    Case("score: a seed in words", "score p.json r.jsonl --seed x", "--seed", GOOD),
    Case("score: rows over the replies", "score p.json r.jsonl --rows r.jsonl", "is an input", GOOD),
    Case(
        "score: rows over the benchmark by a link",
        "score p.json r.jsonl --rows l",
        "input",
        {**GOOD, "l": link("p.json")},
    ),
    Case(
        "score: rows over the true premises",
        "score p.json r.jsonl --true-premise t.json --rows t.json",
        "input",
        {**GOOD, "t.json": both(id="attribute/shape/01", premise="true")},
    ),
    Case("score: rows over a folder", "score p.json r.jsonl --rows .", "ordinary file", GOOD),
    Case("score: rows to a device", "score p.json r.jsonl --rows /dev/null", "ordinary file", GOOD),
    Case("score: rows to a pipe", "score p.json r.jsonl --rows pipe", "ordinary file", {**GOOD, "pipe": pipe}),
    Case("score: rows below a file", "score p.json r.jsonl --rows a.png/x", "cannot be written", GOOD),
    Case("score: rows in no folder", "score p.json r.jsonl --rows gone/x", "cannot be written", GOOD),
    Case("score: rows to a name too long", ("score", "p.json", "r.jsonl", "--rows", "x" * 300), "too long", GOOD),
    Case("score: rows in a circle", "score p.json r.jsonl --rows c", "", {**GOOD, "c": link("c")}),
    Case("score: no true premises there", "score p.json r.jsonl --true-premise gone.json", "gone.json", GOOD),
    Case("score: true premises that are none", "score p.json r.jsonl --true-premise a.png", "not UTF-8", GOOD),
    Case("score: the benchmark as true premises", "score p.json r.jsonl --true-premise p.json", "other pairs", GOOD),
    Case("score: true premises as the benchmark", "score t.json r.jsonl", "--true-premise", {**GOOD, "t.json": _TRUE}),
    Case("score: a folder for the benchmark", "score . r.jsonl", "is a folder", GOOD),
    Case("score: no benchmark there", "score gone.json r.jsonl", "gone.json", GOOD),
    Case("score: replies and benchmark exchanged", "score r.jsonl p.json", "missing", GOOD),
    Case(
        "score: a file of pairs",
        "score g.jsonl r.jsonl",
        "--format mmr",
        {**GOOD, "g.jsonl": '{"positive": 1, "negative": 2}'},
    ),
    Case(
        "score: official, and half a pair",
        "score h.json r.jsonl --scorer official",
        "no whole pair",
        {**GOOD, "h.json": text(row())},
    ),
    Case(
        "score: baselines of true premises that are none",
        "score p.json r.jsonl --baselines --true-premise b.json",
        "is missing",
        {**GOOD, "b.json": text(without("id"))},
    ),
]


def half(**changed: Any) -> dict[str, Any]:
    options = [{"text": "One."}, {"text": "Two."}]
    return {"text": "How many?", "image": "path:a.png", "options": options, "answer": 0, "order": [0, 1], **changed}


def pair(**changed: Any) -> str:
    whole = {"kind": "false-premise", "category": "attribute/number", "provenance": {"generator": "x"}}
    return json.dumps({**whole, "positive": half(), "negative": half(text="Why?", answer=1), **changed}) + "\n"


# What is wrong with a record of a pair, the line, and what lint says of it.
RECORDS: tuple[tuple[str, str, str], ...] = (
    ("a kind nobody knows", pair(kind="hoax"), "kind"),
    ("a category nobody knows", pair(category="attribute/smell"), "taxonomy"),
    ("a category that is none", pair(category="number"), "level/name"),
    ("a half that is null", pair(positive=None), "positive"),
    ("a half that is a text", pair(negative="Why?"), "negative"),
    ("an empty question", pair(positive=half(text="")), "positive.text"),
    ("a question of blanks", pair(positive=half(text="  ")), "positive question is empty"),
    ("a question past all length", pair(positive=half(text="x" * 2_001)), "2000"),
    ("one option", pair(positive=half(options=[{"text": "One."}], order=[0])), "options"),
    ("nine options", pair(positive=half(options=[{"text": str(n)} for n in range(9)], order=[*range(9)])), "options"),
    ("an option that is a text", pair(positive=half(options=["One.", "Two."])), "options.0"),
    ("equal options", pair(positive=half(options=[{"text": "One."}, {"text": "one"}])), "are equal"),
    ("a role nobody knows", pair(positive=half(options=[{"text": "x", "role": "y"}, {"text": "z"}])), "role"),
    ("an answer beyond the options", pair(positive=half(answer=2)), "answer 2"),
    ("an answer below nought", pair(positive=half(answer=-1)), "answer"),
    ("an answer that is a letter", pair(positive=half(answer="A")), "answer"),
    ("an answer that is NaN", pair(positive=half(answer=float("nan"))), "answer"),
    ("an order that leaves one out", pair(positive=half(order=[0, 0])), "order"),
    ("a language that is none", pair(positive=half(language="English!")), "language"),
    ("halves of two images", pair(negative=half(image="path:b.png", text="Why?")), "different images"),
    ("halves that ask the same", pair(negative=half()), "same question"),
    ("no provenance", pair(provenance=None), "provenance"),
    ("a state nobody knows", pair(verification="sworn"), "verification"),
    ("a key nobody knows", pair(colour="red"), "colour"),
    ("an id of another pair", pair(pair_id="f" * 20), "was changed"),
    ("the same pair twice", pair() * 2, "already"),
    ("a control sequence in it", pair(positive=half(text="\x1b[2J?")), "U+001B"),
    ("a turned key", pair(**{"\u202ex": 1}), r"\u202e"),
    ("a second record that is a number", pair() + "7\n", "not an object"),
    ("half a surrogate pair", pair(positive=half(text="\ud800?")), ""),
)
CASES += [
    Case(f"lint: a record with {name}", "lint g.jsonl", "g.jsonl", {"g.jsonl": line}, code=1, out=said)
    for name, line, said in RECORDS
]
CASES += [
    Case("lint: nothing named", "lint", "file"),
    Case("lint: two files", "lint a.png b.png", "b.png"),
    Case("lint: no such file", "lint gone.json", "gone.json"),
    Case("lint: a name with a control sequence", ("lint", "\x1b[2J.json"), r"\x1b[2J"),
    Case("lint: a device", "lint /dev/null", "ordinary file"),
    Case(
        "lint: faults as JSON of a hostile id",
        "lint p.json --json",
        "fault",
        {"p.json": both(id="\x1b[2J\u202e/x/1")},
        code=1,
        out="u202e",
    ),
    Case("lint: a table that was cut", "lint t.parquet", "Parquet", {"t.parquet": b"PAR1" + b"\0" * 50}),
    Case(
        "lint: a hostile name of a file",
        ("lint", "\x1b[2J.json"),
        "1 fault",
        {"\x1b[2J.json": first(ground_truth="E")},
        code=1,
        out=r"\x1b[2J.json",
    ),
]
