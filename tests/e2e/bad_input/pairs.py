"""Files of pairs and benchmarks: what import, score and lint are given."""

import json
from collections.abc import Mapping
from typing import Any

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, gz, link, nested, parquet, pipe

Row = dict[str, Any]
ASKED = {
    "POS": "How many dogs are there?\nA. One.\nB. Two.\nC. Three.\nD. Four.",
    "NEG": "Why are there four dogs?\nA. They met.\nB. They live there.\nC. There are three dogs.\nD. They sleep.",
}


def row(half: str = "POS", **changed: Any) -> Row:
    whole = {"id": "attribute/number/01", "image": "a.png", "question": ASKED[half], "ground_truth": "C"}
    return {**whole, "question_type": half, **changed}


def without(key: str) -> Row:
    return {name: value for name, value in row().items() if name != key}


def text(*rows: object) -> str:
    return json.dumps(rows)


def first(**changed: Any) -> str:
    """A pair whose positive is changed."""
    return text(row(**changed), row("NEG"))


def both(**changed: Any) -> str:
    """A pair whose halves are changed alike."""
    return text(row(**changed), row("NEG", **changed))


PAIRS = first()

# What is wrong, the file, and what import, lint and score say of it: (code, words); None where they take it.
Said = tuple[int, str] | None
_ASK = ASKED["POS"]
ROWS: tuple[tuple[str, Content, Said, Said, Said], ...] = (
    ("nothing in it", "", (2, "is empty"), (2, "is empty"), (2, "is empty")),
    ("blank lines alone", "\n \n\t\n", (2, "is empty"), (2, "is empty"), (2, "is empty")),
    ("a byte order mark alone", b"\xef\xbb\xbf", (2, "is empty"), (2, "is empty"), (2, "is empty")),
    ("an empty list", "[]", (2, "no rows"), (2, "no rows"), (2, "no rows")),
    ("cut in the middle", PAIRS[:200], (2, "not JSON"), (2, "not JSON"), (2, "not JSON")),
    ("two lists one behind the other", PAIRS + PAIRS, (2, "not JSON"), (2, "not JSON"), (2, "not JSON")),
    ("UTF-16", PAIRS.encode("utf-16"), (2, "not UTF-8"), (2, "not UTF-8"), (2, "not UTF-8")),
    ("Latin-1 in a text", first(question=f"Wo ist der Bär?{_ASK}").encode("latin-1"), None, None, None),
    ("gzip named json", gz(PAIRS.encode()), (2, "not UTF-8"), (2, "not UTF-8"), (2, "not UTF-8")),
    ("a picture named json", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, (2, "not UTF-8"), (2, "not UTF-8"), (2, "not UTF-8")),
    ("nested ten thousand deep", nested(10_000), (2, "nested too deeply"), (2, "nested"), (2, "nested")),
    ("a second line that is none", '{"a": 1}\n{"b": \n', (2, ":2"), (2, ":2"), (2, ":2")),
    ("numbers", "[1, 2, 3]", (2, "not an object"), (2, "not a benchmark"), (2, "not an object")),
    ("one text", '"pairs"', (2, "not an object"), (2, "not a benchmark"), (2, "not an object")),
    ("NaN", "NaN", (2, "not an object"), (2, "not a benchmark"), (2, "not an object")),
    ("rows of other keys", '[{"prompt": "x"}]', (2, "is missing"), (2, "first row holds: prompt"), (2, "is missing")),
    ("a row that is null", text(row(), None), (2, "not an object"), (1, "fault"), (2, "not an object")),
    ("a row without its id", text(without("id")), (2, "id is missing"), (1, "fault"), (2, "id is missing")),
    ("a row without its image", text(without("image")), (2, "image is missing"), (1, "fault"), (2, "image")),
    ("a row without its question", text(without("question")), (2, "question is"), (1, "fault"), (2, "question")),
    ("a row without its letter", text(without("ground_truth")), (2, "ground_truth"), (1, "fault"), (2, "ground_t")),
    ("a row without its half", text(without("question_type")), (2, "question_type"), (1, "fault"), (2, "question_t")),
    ("an id that is a number", first(id=7), (2, "id is not a string"), (1, "fault"), (2, "id is not a string")),
    ("an image that is a list", first(image=["a.png"]), (2, "image is not"), (1, "fault"), (2, "image is not")),
    ("a question that is null", first(question=None), (2, "question is not"), (1, "fault"), (2, "question is not")),
    ("a letter that is a number", first(ground_truth=2), (2, "ground_truth is not"), (1, "fault"), (2, "ground_truth")),
    ("a half that is a boolean", first(question_type=True), (2, "question_type"), (1, "fault"), (2, "question_type")),
    ("a letter that is no option", first(ground_truth="E"), (2, "'E'"), (1, "1 fault"), None),
    ("a letter written out", first(ground_truth="Three."), (2, "'Three.'"), (1, "1 fault"), None),
    ("an empty letter", first(ground_truth=""), (2, "gold letter"), (1, "1 fault"), None),
    ("a question without options", first(question="How many?"), (2, "no lettered options"), (1, "1 fault"), None),
    ("a question of one option", first(question="How many?\nA. One."), (2, "lettered A"), (1, "1 fault"), None),
    (
        "an empty option",
        first(question="How many?\nA. One.\nB. \nC. Two.\nD. x"),
        (2, "option B"),
        (1, "1 fault"),
        None,
    ),
    ("options without a question", first(question="A. One.\nB. Two.\nC. x"), (2, "question"), (1, "fault"), None),
    ("a letter twice", first(question="How many?\nA. One.\nA. Two.\nC. x"), (2, "lettered"), (1, "fault"), None),
    ("a question past all length", first(question="x" * 2_001 + _ASK), (2, "longer than 2000"), (1, "1 fault"), None),
    ("half a pair", text(row()), (2, "the pair"), (1, "1 fault"), (2, "no whole pair")),
    ("two positives and no negative", text(row(), row()), (2, "the pair"), (1, "fault"), (2, "no whole pair")),
    ("three rows of one id", text(row(), row("NEG"), row()), (2, "a.json"), (1, "fault"), None),
    ("a half nobody knows", first(question_type="MAYBE"), (2, "the pair"), (1, "fault"), (2, "belongs to")),
    ("an id without a category", both(id="01"), (2, "level/name"), (1, "fault"), None),
    ("an id that is empty", both(id=""), (2, "level/name"), (1, "fault"), None),
    ("an id with a control sequence", both(id="\x1b[2J\n/x/1"), (2, r"\x1b[2J\n"), (1, "fault"), None),
    ("a category nobody knows", both(id="attribute/smell/01"), None, (1, "2 faults"), None),
    ("a category that climbs", both(id="../../x/01"), (2, "level/name"), (1, "fault"), None),
    ("an image that climbs", both(image="../../x.png"), (2, "not a path below"), (1, "2 faults"), None),
    ("an image from the root", both(image="/tmp/leadproof-escaped"), (2, "not a path below"), (1, "2 faults"), None),
    ("an image of Windows", both(image="C:\\x.png"), (2, "not a path below"), None, None),
    ("an image with a control sequence", both(image="\x1b[2J.png"), None, (1, "2 faults"), None),
    ("an image with a NUL", both(image="a\0.png"), (2, r"a\x00.png"), (1, "2 faults"), None),
    ("an image that is empty", both(image=""), (2, "not a file name"), (1, "2 faults"), None),
    ("halves of two images", text(row(), row("NEG", image="b.png")), None, (1, "1 fault"), None),
    ("halves that ask the same", text(row(), row("NEG", question=_ASK)), None, (1, "1 fault"), None),
    ("a turned question", both(question="\u202eHow many?" + _ASK[8:]), None, (1, "fault"), None),
    ("half a surrogate pair", both(question="\ud800" + _ASK), (2, ""), (1, "fault"), None),
    ("equal options", first(question="How many?\nA. One.\nB. one\nC. Two.\nD. x"), None, (1, "1 fault"), None),
    ("a pipe", pipe, (2, "ordinary file"), (2, "ordinary file"), (2, "ordinary file")),
    ("a folder", folder, (2, "is a folder"), (2, "is a folder"), (2, "is a folder")),
    ("a link in a circle", link("a.json"), (2, "a.json"), (2, "a.json"), (2, "a.json")),
    ("a table of other columns", parquet({"x": [1]}), (2, "not UTF-8"), (2, "its schema is"), (2, "not UTF-8")),
)
REPLY = '{"id": "attribute/number/01", "question_type": "POS", "text": "C"}\n'


def _cases() -> list[Case]:
    found = []
    for name, content, imported, linted, scored in ROWS:
        files: Mapping[str, Content] = {"a.json": content, "r.jsonl": REPLY}
        for command, said in (
            ("import: {}|import a.json --run new", imported),
            ("lint: {}|lint a.json", linted),
            ("score: {}|score a.json r.jsonl", scored),
        ):
            if said is not None:
                title, _, line = command.format(name).partition("|")
                out = "a.json" if said[0] == 1 else ""
                found.append(Case(title, line, said[1], files, code=said[0], out=out))
    return found


CASES = _cases()
