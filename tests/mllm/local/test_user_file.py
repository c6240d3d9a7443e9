"""A user's own file as a model."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from mllm import Message, Ways, open_asker
from mllm.spelled import spelled
from schemas.errors import BadConfig, LeadproofError, UnreadableFile, WorkFailed
from schemas.run import RunFolder
from tests.app.said import Leadproof
from tests.mllm.local.conftest import Ask, Say

pytestmark = pytest.mark.xdist_group("local")


class Animal(BaseModel):
    name: str
    legs: int


ANSWERS = {
    "sync": "def answer(images, messages):\n    return {text}",
    "async": "import asyncio\nasync def answer(images, messages):\n    await asyncio.sleep(0)\n    return {text}",
    "object": "class M:\n    async def __call__(self, images, messages):\n        return {text}\nanswer = M()",
}


def written(folder: Path, source: str) -> str:
    path = folder / "my.py"
    path.write_text(source + "\n")
    return str(path)


@pytest.mark.parametrize("way", ANSWERS)
def test_a_function_answers_from_images_and_messages(tmp_path: Path, ask: Ask, say: Say, way: str) -> None:
    text = "f'{[one.size for one in images]} {[one.mode for one in images]} {messages}'"
    [outcome], tally = ask(written(tmp_path, ANSWERS[way].format(text=text)), None, say("Who?", 2))
    parts = [{"type": "image"}, {"type": "image"}, {"type": "text", "text": "Who?"}]
    assert outcome.text == f"[(40, 24), (40, 24)] ['RGB', 'RGB'] {[{'role': 'user', 'content': parts}]}"
    assert (tally.unmeasured, tally.usd) == (1, 0.0)


def test_a_form_is_spelled_in_the_messages_and_read_from_the_reply(tmp_path: Path, ask: Ask, say: Say) -> None:
    source = "import json\ndef answer(images, messages):\n    text = messages[-1]['content'][-1]['text']\n"
    source += "    return json.dumps({'name': text[-20:], 'legs': 4})"
    [outcome], _ = ask(written(tmp_path, source), None, say("Who?", form=Animal))
    assert outcome.parsed == Animal(name=spelled(Animal)[-20:], legs=4)


def test_a_dictionary_tells_the_tokens(tmp_path: Path, ask: Ask, say: Say) -> None:
    source = "def answer(images, messages):\n    return {'text': 'ok', 'prompt_tokens': 7, 'completion_tokens': 2}"
    [outcome], tally = ask(written(tmp_path, source), None, say("Who?"))
    assert outcome.text == "ok"
    assert (tally.prompt_tokens, tally.completion_tokens, tally.unmeasured) == (7, 2, 0)


@pytest.mark.parametrize(("concurrent", "most"), [("", "1"), ("CONCURRENT = True\n", "4")])
def test_calls_overlap_only_where_the_file_says_so(
    tmp_path: Path, ask: Ask, say: Say, concurrent: str, most: str
) -> None:
    source = concurrent + (
        "import threading, time\nlock, now, most = threading.Lock(), 0, 0\n"
        "def answer(images, messages):\n"
        "    global now, most\n"
        "    with lock:\n        now += 1\n        most = max(now, most)\n"
        "    time.sleep(0.1)\n"
        "    with lock:\n        now -= 1\n"
        "    return str(most)"
    )
    outcomes, _ = ask(written(tmp_path, source), None, *(say(text) for text in ("a", "bc", "def", "ghij")))
    assert max(one.text for one in outcomes) == most


def test_name_and_content_are_the_models_own(tmp_path: Path) -> None:
    run, seen = RunFolder.create(tmp_path / "run"), []
    for source in ("NAME = 'mine'\n", "", "# changed\n"):
        path = written(tmp_path, source + "def answer(images, messages):\n    return ''")
        with open_asker(run, Ways(path)) as asker:
            seen.append((asker.model.name, asker.model.endpoint))
    assert [name for name, _ in seen] == ["mine", "my", "my"]
    assert len({endpoint for _, endpoint in seen}) == 3


def test_images_that_may_not_leave_stay_where_the_file_names_a_host(tmp_path: Path, ask: Ask, say: Say) -> None:
    one = say("Who?")
    kept = replace(one.images[0], may_leave=False)
    one = replace(one, messages=(Message("user", (kept, "Who?")),))
    source = "def answer(images, messages):\n    return 'seen'"
    [here], _ = ask(written(tmp_path, source), None, one)
    [away], _ = ask(written(tmp_path, f"HOST = 'api.example.org'\n{source}"), None, one)
    assert (here.status, away.status, away.detail) == ("ok", "refused", "may-not-leave")


BUGS = [
    ("    return 1 / 0", "answer() failed: my.py:2: ZeroDivisionError: division by zero"),
    ("    return next(iter([]))", "answer() failed: my.py:2: RuntimeError: "),
    ("    raise SystemExit('bye')", "answer() failed: my.py:2: SystemExit: bye"),
    ("    raise KeyError('a\\nb')", r"answer() failed: my.py:2: KeyError: 'a\nb'"),
    ("    return images", "what answer() returned is not a str"),
    ("    return {'text': 1}", "a dict of text"),
    ("    return {'text': '', 'prompt_tokens': -1, 'completion_tokens': 0}", "a dict of text, prompt_tokens"),
]


@pytest.mark.parametrize(("line", "said"), BUGS)
@pytest.mark.parametrize("kind", ["", "async "])
def test_a_bug_in_the_file_stops_the_run_with_its_line(
    tmp_path: Path, ask: Ask, say: Say, kind: str, line: str, said: str
) -> None:
    path = written(tmp_path, f"{kind}def answer(images, messages):\n{line}")
    with pytest.raises(WorkFailed) as stopped:
        ask(path, None, say("Who?"), say("Why?!"))
    told = str(stopped.value)
    assert said in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def answer(images:\n    pass", "my.py:1: SyntaxError"),
        ("import nothing_of_the_kind", "my.py:1: ModuleNotFoundError"),
        ("\nraise SystemExit(3)", "my.py:2: SystemExit: 3"),
        ("x = 1", "there is no function answer(images, messages)"),
        ("answer = 'text'", "there is no function answer(images, messages)"),
        ("NAME = 3\ndef answer(images, messages): return ''", "NAME is not a text"),
        ("\0", "null bytes"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path, ask: Ask, say: Say, source: str, said: str) -> None:
    with pytest.raises((UnreadableFile, BadConfig)) as refused:
        ask(written(tmp_path, source), None, say("Who?"))
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert not list(tmp_path.rglob("*.pyc"))


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, ask: Ask, say: Say) -> None:
    with pytest.raises(LeadproofError, match="no such file"):
        ask(str(tmp_path / "none.py"), None, say("Who?"))


def test_a_lost_connection_is_tried_again(tmp_path: Path, ask: Ask, say: Say) -> None:
    source = "times = 0\ndef answer(images, messages):\n    global times\n    times += 1\n"
    source += "    if times < 3:\n        raise TimeoutError('slow')\n    return str(times)"
    [outcome], tally = ask(written(tmp_path, source), None, say("Who?"))
    assert (outcome.text, tally.retried, tally.failures) == ("3", 2, {"lost": 2})


MODEL = '''
"""Sees two red balls in every picture, and writes a pair for each category that it is asked for."""
import json

NAME = "two-red-balls"


def answer(images, messages):
    said = "".join(part.get("text", "") for turn in messages for part in turn["content"])
    assert images[0].width == 64
    if '"declined"' not in said:
        ball = dict.fromkeys(("texture", "position", "known_as", "means"))
        ball |= {"name": "ball", "count": 2, "color": "red", "shape": "round", "confidence": 1}
        kinds = "texts objects people events object_relations person_object_relations activities".split()
        return json.dumps({**{kind: [] for kind in kinds}, "objects": [ball]})
    data = json.loads(said.partition("<<<data\\n")[2].partition("\\ndata>>>")[0])
    pairs = [pair(name) for name in data["categories"]]
    return "Here:\\n```json\\n" + json.dumps({"pairs": pairs, "declined": []}) + "\\n```"


def pair(category):
    def asked(question):
        kinds = "right right_answer_wrong_reason wrong_answer_right_reason wrong".split()
        return {"question": f"{question} ({category})", **{kind: f"The {kind} one." for kind in kinds}}

    fact = {"fact": "There are two red balls.", "premise": "There are three blue balls.", "rests_on": [1]}
    made = {"category": category, "kind": "false-premise", **fact}
    return {**made, "positive": asked("How are the balls?"), "negative": asked("Why are the three balls blue?")}
'''


def test_a_command_makes_pairs_by_a_file(tmp_path: Path, leadproof: Leadproof) -> None:
    run = tmp_path / "run"
    assert leadproof("scenes", 6, "--run", run, "--size", 64).code == 0
    path = written(tmp_path, MODEL)
    said = leadproof("generate", "--run", run, "--backend", path)
    assert (said.code, said.err) == (0, "")
    assert "by two-red-balls" in said.out
    made = RunFolder.open(run).require("generate").table("pairs").to_pylist()
    assert {row["category"] for row in made} <= {
        "attribute/number",
        "attribute/color&texture",
        "attribute/shape",
        "attribute/existence",
    }
    assert len({row["positive"]["image"] for row in made}) == 6
    assert {(row["provenance"]["generator"], row["provenance"]["model"]) for row in made} == {
        ("my.py", "two-red-balls")
    }
    assert "nothing" in leadproof("generate", "--run", run, "--backend", path).out.lower()
    written(tmp_path, MODEL.replace("pairs = [", "pairs = 1 + ["))
    said = leadproof("generate", "--run", run, "--backend", path)
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert "my.py:17: TypeError" in said.err
