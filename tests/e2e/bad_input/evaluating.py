"""What eval is given: benchmarks, images, guards, models and flags. All is refused before anything is asked."""

import json

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import claimed, folder, gz, lines, link, nested, pipe
from tests.e2e.bad_input.pairs import PAIRS, both, first, row, text

_MODEL = "m.py"
_ANSWER = 'def answer(images, messages):\n    return "A"\n'
ASK = f"eval b.json --run new --model {_MODEL}"
GUARD = json.dumps([{"question": "What is it?", "image": "a.png", "answer": "a dog"}])

BENCHMARKS: tuple[tuple[str, Content, str], ...] = (
    ("a link that leads nowhere", link("gone.json"), "b.json"),
    ("a pipe", pipe, "b.json"),
    ("an empty folder", folder, "holds no benchmark"),
    ("nothing in it", "", "is empty"),
    ("no rows", "[]", "b.json"),
    ("text", "What is it?\n", "b.json"),
    ("gzip", gz(PAIRS.encode()), "b.json"),
    ("nested deep", nested(50_000, '{"id":', "}"), "b.json"),
    ("numbers", "[1, 2]", "b.json"),
    ("rows of something else", '[{"a": 1}]', "not a benchmark"),
    ("training samples", '[{"id": "x", "image": "a.png", "conversations": []}]', "training samples"),
    ("an image that climbs", both(image="../a.png"), "../a.png"),
    ("an image from the root", both(image="/etc/passwd"), "leads out"),
    ("an image that is not there", both(image="gone.png"), "1 image cannot be used: gone.png"),
    ("an image that is none", both(image="m.py"), "no image"),
    ("an image with a control sequence", both(image="\x1b[2J.png"), r"\x1b[2J"),
    ("an id of half a surrogate pair", both(id="@").replace("@", r"\ud800"), "half of a character"),
    ("a question that is a number", first(question=7), "question is not a string"),
)

GUARDS: tuple[tuple[str, Content, str], ...] = (
    ("what is not there", link("gone.json"), "g.json"),
    ("nothing in it", "", "g.json"),
    ("no rows", "[]", "g.json"),
    ("text", "What is it?\n", "g.json"),
    ("rows without a question", '[{"image": "a.png", "answer": "a"}]', "question"),
    ("rows without an answer", '[{"image": "a.png", "question": "What?"}]', "answer"),
    ("an image that climbs", GUARD.replace("a.png", "../../a.png"), "../../a.png"),
    ("an image that is not there", GUARD.replace("a.png", "gone.png"), "gone.png"),
)

FLAGS: tuple[tuple[str, str, str], ...] = (
    ("no model", "eval b.json --run new", "--model"),
    ("no run", f"eval b.json --model {_MODEL}", "--run"),
    ("no benchmark", f"eval --model {_MODEL} --run new", "BENCHMARK"),
    ("a benchmark that is not there", f"eval gone.json --run new --model {_MODEL}", "gone.json"),
    ("a run that is a file", f"eval b.json --run a.png --model {_MODEL}", "a.png"),
    ("a folder of images that is a file", f"{ASK} --images a.png", "--images"),
    ("a format nobody knows", f"{ASK} --format coco", "naturalbench"),
    ("a format that it is not", f"{ASK} --format pope", "b.json"),
    ("a strategy nobody knows", f"{ASK} --strategy warmed", "Did you mean warned"),
    ("content without the image", f"{ASK} --strategy content-guided --blind", "--blind"),
    ("attention of a file", f"{ASK} --strategy attention-guided", "--strategy attention-guided"),
    ("likelihood of a file", f"{ASK} --by likelihood", "--by likelihood"),
    ("internals of a file", f"{ASK} --internals", "--internals"),
    ("efficiency of a file", f"{ASK} --efficiency", "--efficiency"),
    ("a way nobody knows", f"{ASK} --by chance", "--by"),
    ("over words", f"{ASK} --by likelihood --over words", "--over"),
    ("no pair", f"{ASK} --limit 0", "--limit"),
    ("no token", f"{ASK} --max-tokens 0", "--max-tokens"),
    ("no batch", f"{ASK} --batch-size 0", "--batch-size"),
    ("a seed below nought", f"{ASK} --seed -1", "--seed"),
    ("a budget below nought", f"{ASK} --budget -1", "--budget"),
    ("a model file that is not there", "eval b.json --run new --model gone.py", "gone.py"),
    ("a model file that does not run", "eval b.json --run new --model bad.py", "bad.py:1"),
    ("a model file without a function", "eval b.json --run new --model none.py", "no function answer"),
    ("weights that are none", "eval b.json --run new --model work", "config.json"),
    ("no key for the hosted server", "eval b.json --run new --model gpt-4o", "OPENAI_API_KEY"),
    ("a backend nobody knows", "eval b.json --run new --model m --backend openapi", "openai"),
    ("an address without a scheme", "eval b.json --run new --model m --base-url localhost:1", "--base-url"),
    ("true premises that are not there", f"{ASK} --true-premise gone.json", "gone.json"),
    ("true premises that are the benchmark", f"{ASK} --true-premise b.json", "stands in the benchmark"),
    ("a guard that is not there", f"{ASK} --guard gone.json", "gone.json"),
)

_FILES: dict[str, Content] = {
    "b.json": PAIRS,
    _MODEL: _ANSWER,
    "bad.py": "def answer(:\n",
    "none.py": "x = 1\n",
    "work/readme": "x",
}

CASES = [
    *(Case(f"eval: {name}", ASK, said, {**_FILES, "b.json": content}) for name, content, said in BENCHMARKS),
    *(Case(f"eval: guard: {name}", f"{ASK} --guard g.json", said, {**_FILES, "g.json": content})
      for name, content, said in GUARDS),
    *(Case(f"eval: {name}", typed, said, _FILES) for name, typed, said in FLAGS),
    Case("eval: an image of too many pixels", ASK, "pixels",
         {**_FILES, "b.json": both(image="big.png"), "big.png": claimed(60_000, 60_000)}),
    Case("eval: true premises as the benchmark", ASK, "--true-premise",
         {**_FILES, "b.json": text(row(premise="true"), row("NEG", premise="true"))}),
    Case("eval: a run before its export", f"eval new --model {_MODEL}", "export", {**_FILES, "new/leadproof.toml": ""}),
    Case("eval: settings that are none", ASK, "leadproof.toml", {**_FILES, "new/leadproof.toml": "= 3"}),
    Case("eval: a damaged journal", ASK, "journal.sqlite",
         {**_FILES, "new/leadproof.toml": "", "new/journal.sqlite": "not a database" * 100}),
    Case("eval: POPE with a label nobody knows", f"{ASK} --format pope", "label",
         {**_FILES, "b.json": lines({"question_id": 1, "image": "a.png", "text": "Is it?", "label": "maybe"})}),
]  # fmt: skip
