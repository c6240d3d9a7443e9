"""What board is given to put side by side: folders without an evaluation, or with a damaged one; where it may write."""

import json

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, link, pipe

AT = "run/eval/bench/model/001"
_HALF = {"id": "attribute/number/1", "gold": "A", "official": "A", "strict": "A"}
_ROWS = "".join(json.dumps({**_HALF, "question_type": half}) + "\n" for half in ("POS", "NEG"))
_MANIFEST = json.dumps({
    "schema_version": 1, "stage": "eval/bench/model", "number": 1, "model": "m",
    "config": {"benchmark": "bench", "digest": "0123456789abcdef", "unusual": []},
})  # fmt: skip
SOUND: dict[str, Content] = {
    f"{AT}/manifest.json": _MANIFEST, f"{AT}/rows.jsonl": _ROWS, f"{AT}/scores.json": "{}",
}  # fmt: skip

# What is other than in a sound evaluation.
DAMAGED: tuple[tuple[str, dict[str, Content], str], ...] = (
    ("a manifest that is no JSON", {f"{AT}/manifest.json": "{"}, "manifest.json"),
    ("a manifest of another schema", {f"{AT}/manifest.json": _MANIFEST.replace(": 1,", ": 99,", 1)}, "99"),
    ("rows that are no JSON", {f"{AT}/rows.jsonl": "{{{"}, "rows.jsonl:1"),
    ("no rows at all", {f"{AT}/rows.jsonl": ""}, "is empty"),
    ("a row without a gold letter", {f"{AT}/rows.jsonl": _ROWS.replace("gold", "key")}, "no gold"),
    ("a letter that is a number", {f"{AT}/rows.jsonl": _ROWS.replace('"strict": "A"', '"strict": 5')}, "not a text"),
    ("half a pair", {f"{AT}/rows.jsonl": _ROWS.splitlines()[0]}, "no whole pair"),
    ("scores that are a list", {f"{AT}/scores.json": "[]"}, "not a JSON object"),
    ("scores that are nested deeply", {f"{AT}/scores.json": "[" * 100_000}, "scores.json"),
    ("scores that are a folder", {f"{AT}/scores.json": folder}, "scores.json"),
    ("efficiency that is a list", {f"{AT}/efficiency.json": "[]"}, "efficiency.json"),
)  # fmt: skip

# What stands where the board should go.
TAKEN: tuple[tuple[str, dict[str, Content], str], ...] = (
    ("a file in place of the folder", {"board": "mine"}, "not a folder"),
    ("someone's page", {"board/board.html": "<h1>mine</h1>"}, "board.html"),
    ("someone's table", {"board/board.csv": "benchmark,model\n"}, "board.csv"),
    ("a folder of a file's name", {"board/board.md": folder}, "board.md"),
    ("a pipe of a file's name", {"board/board.csv": pipe}, "board.csv"),
    ("a link that leads out", {"board/board.md": link("../../escaped.md")}, "board.md"),
    ("a link in a circle", {"board/board.md": link("board.md")}, "board.md"),
)  # fmt: skip

CASES = [
    Case("board: nothing", "board", "DIR"),
    Case("board: a folder that is not there", "board gone", "no such folder"),
    Case("board: a folder without evaluations", "board empty", "no evaluation in it", {"empty": folder}),
    Case("board: an image", "board a.png", "a.png"),
    Case("board: a run that evaluated nothing", "board run", "no evaluation in it", given="run"),
    Case("board: a good run and one that is not there", "board run gone", "gone", SOUND),
    Case("board: a reader nobody knows", "board run --scorer kind", "--scorer", SOUND),
    Case("board: a seed below nought", "board run --seed -1", "--seed", SOUND),
    Case("board: into a committed stage", f"board run --out {AT}", "committed stage", SOUND),
    Case("board: below a file", "board run --out a.png/board", "a.png", SOUND),
    *(Case(f"board: {name}", "board run", said, {**SOUND, **files}) for name, files, said in DAMAGED),
    *(Case(f"board: {name}", "board run", said, {**SOUND, **files}) for name, files, said in TAKEN),
]
