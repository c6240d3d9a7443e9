"""``eval`` over an export of the run, asked of a server that errs as told: figures, money, and what leaves."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.run import RunFolder
from tests.app.said import Leadproof
from tests.e2e.by_model.conftest import rows_of
from tests.evaluation.asking.made import lines_of
from tests.model_server import Fault, ModelServer, Prices

Scenes = Callable[[int], Path]
COUNT = 40
PRICES = '[prices."drawn-scenes"]\ninput = 2.5\noutput = 10\n'


def asks(server: ModelServer, run: Path, *flags: object) -> tuple[object, ...]:
    return ("eval", run, "--model", "drawn-scenes", "--base-url", server.base_url, *flags)


def newest(run: Path) -> Path:
    return max(run.glob("eval/*/*/[0-9]*"), key=lambda path: (path / "manifest.json").stat().st_mtime_ns)


def test_the_figures_are_those_of_what_the_server_meant(leadproof: Leadproof, scenes: Scenes) -> None:
    run = scenes(COUNT)
    with ModelServer(run=run, mistakes=0.15, misled=0.5, varied=True) as server:
        said = leadproof(*asks(server, run, "--json"))
        assert said.code == 0, said.err
        meant = {(one.image, one.stem, one.text): one.letter for one in server.answers}
        assert Counter(entry.task for entry in server.log) == {"question": len(server.log)}
    found = json.loads(said.out)
    replies = lines_of(Path(found["folder"]) / "replies.jsonl")
    texts: dict[str, set[str | None]] = {}
    for (_, _, text), letter in meant.items():
        texts.setdefault(text, set()).add(letter)
    assert len(replies) > 60
    for row in replies:
        assert row["strict"] in texts[row["text"]], row
    halves: dict[str, dict[str, bool]] = {}
    export = run / "export" / "mmr" / "001" / "benchmark.json"
    golds = {(row["id"], row["question_type"]): row["ground_truth"] for row in json.loads(export.read_text())}
    for row in replies:
        if (row["id"], row["question_type"]) in golds:
            right = row["strict"] == golds[row["id"], row["question_type"]]
            halves.setdefault(row["id"], {})[row["question_type"]] = right
    pairs = [(one["POS"], one["NEG"]) for one in halves.values()]
    assert found["ra"] == sum(map(all, pairs)) / len(pairs)
    assert found["mr"] == sum(one and not other for one, other in pairs) / sum(one for one, _ in pairs)
    assert found["mr"] > 0.3
    assert found["true_premise_questions"] > 0
    assert found["differences"], "in so many styles the released rule reads some otherwise"


def test_blind_no_image_leaves(leadproof: Leadproof, scenes: Scenes) -> None:
    run = scenes(COUNT)
    with ModelServer(run=run) as server:
        assert leadproof(*asks(server, run, "--blind", "--limit", 6)).code == 0
        blind = list(server.log)
        server.reset()
        assert leadproof(*asks(server, run, "--limit", 6)).code == 0
        seeing = list(server.log)
    assert len(blind) == len(seeing) == 12
    assert {entry.image for entry in blind} == {None}
    assert None not in {entry.image for entry in seeing}
    image_tokens = 85 + 170
    assert (
        sum(entry.prompt_tokens for entry in seeing) - sum(entry.prompt_tokens for entry in blind) == 12 * image_tokens
    )


def test_the_content_is_extracted_once_an_image_by_the_log(leadproof: Leadproof, scenes: Scenes) -> None:
    run = scenes(COUNT)
    with ModelServer(run=run) as server:
        said = leadproof(*asks(server, run, "--strategy", "content-guided", "--json"))
        tasks = Counter((entry.task, entry.image) for entry in server.log)
    assert json.loads(said.out)["ra"] == 1.0
    assert {times for (task, _), times in tasks.items() if task == "content"} == {1}
    assert {image for task, image in tasks if task == "content"} == {
        image for task, image in tasks if task == "question"
    }


def test_a_hard_budget_stops_it_says_how_many_are_open_and_more_goes_on(leadproof: Leadproof, scenes: Scenes) -> None:
    run = scenes(COUNT)
    with (run / "leadproof.toml").open("a") as settings:
        settings.write(PRICES)
    with ModelServer(run=run, prices=Prices(prompt=2.5, completion=10)) as server:
        whole = json.loads(leadproof(*asks(server, run, "--estimate", "--json")).out)
        assert not server.log
        budget = 0.02
        short = leadproof(*asks(server, run, "--budget", budget, "--max-tokens", 16))
        assert (short.code, len(short.err.splitlines())) == (1, 1)
        opened = re.search(r"([\d,]+) of ([\d,]+) questions have no reply \(budget\)", short.err)
        assert opened, short.err
        asked = server.counts.sent.completions
        assert int(opened[2].replace(",", "")) == whole["questions"]
        assert int(opened[1].replace(",", "")) == whole["questions"] - asked
        assert 0 < server.counts.sent.usd <= budget
        assert not list(run.glob("eval/*/*/*/manifest.json"))
        more = leadproof(*asks(server, run, "--budget", 5, "--max-tokens", 16, "--json"))
        assert more.code == 0, more.err
        assert json.loads(more.out)["asked"]["from_journal"] == asked
        assert server.counts.sent.completions == whole["questions"]
        [(spent,)] = rows_of(RunFolder.open(run), "SELECT sum(usd) FROM attempts")
        assert spent == pytest.approx(server.counts.sent.usd)


def test_what_the_server_refuses_is_unread_and_asked_again_only_when_told(leadproof: Leadproof, scenes: Scenes) -> None:
    run = scenes(COUNT)
    with ModelServer(run=run, faults=(Fault(kind="content-filter", rate=0.3),)) as server:
        first = json.loads(leadproof(*asks(server, run, "--json")).out)
        refused = first["asked"]["ended"]["refused"]
        assert refused > 5
        assert first["unread_strict"] == refused
        asked = len(server.log)
        assert "Nothing to do" in leadproof(*asks(server, run)).out
        assert len(server.log) == asked
        server.configure(faults=())
        again = json.loads(leadproof(*asks(server, run, "--ask-again", "--json")).out)
        assert (again["changed"], len(server.log) - asked, again["ra"]) == (True, refused, 1.0)
    assert newest(run).name == "002"
    assert leadproof("gc", "--run", run).code == 0
    assert [path.name for path in run.glob("eval/*/*/[0-9]*")] == ["002"]


def test_images_that_may_not_leave_are_not_sent_to_another_host(leadproof: Leadproof, scenes: Scenes) -> None:
    run = scenes(COUNT)
    mark_as_staying(run)
    asked = ("eval", run, "--model", "drawn-scenes", "--base-url", "http://models.example.com/v1")
    said = leadproof(*asked)
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert "may not be sent to models.example.com" in said.err
    with ModelServer(run=run) as server:
        assert leadproof(*asks(server, run)).code == 0, "a model on this machine may see them"


def mark_as_staying(run: Path) -> None:
    """Take all images in again as ones that may not leave."""
    import hashlib

    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = RunFolder.open(run).require("ingest").path
    table = pq.read_table(folder / "images.parquet")
    place = table.schema.get_field_index("may_leave")
    staying = pa.array([False] * len(table), table.schema.field(place).type)
    pq.write_table(table.set_column(place, table.schema.field(place), staying), folder / "images.parquet")
    content = (folder / "images.parquet").read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["images.parquet"] |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest))
