"""Gold, disagreement, adjudication, correction, export: through the commands and a real server."""

import json
from pathlib import Path

import pytest

from annotation.assigning import Assignment, read_assignments
from annotation.at_hand import at_hand
from annotation.gold import read_gold
from annotation.pulling import read_verdicts
from annotation.roster import join
from annotation.studio import Studio, read_projects
from schemas.pair import Pair
from schemas.run import RunFolder
from schemas.tables import pairs_of
from tests.e2e.annotating.commands import leadproof
from tests.e2e.annotating.conftest import OWNER, Run, Serve
from tests.e2e.annotating.people import accept, judge, region, reject, solve, tasks_of

pytestmark = pytest.mark.xdist_group("studio")
ANA, BEN = "ana@example.org", "ben@example.org"


def said(run: RunFolder, *words: object) -> str:
    """What a command says; it must do its work."""
    done = leadproof(*words, "--run", run.path)
    assert done.returncode == 0, done.stderr
    return done.stdout


def staffed(run: RunFolder, studio: Studio, *people: str) -> None:
    for who in people:
        said(run, "annotate", "user", "add", who)
    with run.writing():
        for who in people:
            join(run.path, who)


def lane(run: RunFolder, who: str, mode: str) -> list[Assignment]:
    return [one for one in read_assignments(run) if (one.annotator, one.mode) == (who, mode)]


def tasks(run: RunFolder, studio: Studio, who: str, mode: str) -> dict[str, int]:
    project = next(one.project for one in read_projects(run) if (one.annotator, one.mode) == (who, mode))
    return tasks_of(studio, project)


def exported(run: RunFolder, *words: str) -> tuple[set[str], dict[str, int]]:
    """Ids of the pairs of an export, and how many there are of each state."""
    said(run, "export", "--format", "mmr", *words)
    folder = max((run.path / "export" / "mmr").glob("[0-9]*"))
    ids = {row["id"].rpartition("/")[2] for path in folder.glob("*.json") if path.name != "manifest.json"
           for row in json.loads(path.read_text())}  # fmt: skip
    return ids, json.loads((folder / "manifest.json").read_text())["notes"]["verification"]


def test_broken_gold_is_judged_like_any_other_task_and_is_nobodys_data(scenes: Run, serve: Serve) -> None:
    run = scenes(24, "judges = 1", "gold = 0.3", "overlap = 0.0")
    with serve(run) as studio:
        staffed(run, studio, ANA)
        assert "6 pairs wait" in said(run, "annotate", "gold", "--pairs", 6)
        pairs = at_hand(run).kept
        for pair_id, task in tasks(run, studio, OWNER, "blind").items():
            judge(studio, task, solve(*_keys(pairs[pair_id])), by=OWNER)
        assert "All that was asked is solved" in said(run, "annotate", "gold", "--pairs", 6)
        assert not studio.made_at(next(one.project for one in read_projects(run) if one.annotator == OWNER))
        gold = read_gold(run)
        broken = {one.pair_id for one in gold if one.origin == "broken"}
        assert len(gold) == 12
        assert len(broken) == 6
        said(run, "annotate", "push", "--limit", 14)
        hidden = [one for one in lane(run, ANA, "review") if one.gold]
        assert {one.pair_id for one in hidden} & broken
        assert {one.pair_id for one in hidden} - broken
        _no_task_tells(run, studio)
        for mode in ("review", "blind"):
            for pair_id, task in tasks(run, studio, ANA, mode).items():
                known = pairs.get(pair_id)
                judge(studio, task, accept() if mode == "review" else solve(*_keys(known or pairs[pair_id])), by=ANA)
        said(run, "annotate", "pull")
    said(run, "annotate", "verified")
    verify = run.require("verify")
    ids, states = exported(run)
    assert broken.isdisjoint(verify.table("verified")["pair_id"].to_pylist())
    assert broken.isdisjoint(verify.table("pairs")["pair_id"].to_pylist())
    assert broken.isdisjoint(ids)
    assert broken.isdisjoint(exported(run, "--include", "unverified")[0])
    assert set(states) == {"human-verified"}
    report = json.loads(said(run, "annotate", "report", "--json"))
    assert ANA in json.dumps(report)


def _keys(pair: Pair) -> tuple[str, str]:
    return pair.positive.letter, pair.negative.letter


def _no_task_tells(run: RunFolder, studio: Studio) -> None:
    """Tasks hold texts and ids; nothing of them says what is gold, and all of a lane hold the same fields."""
    for project in [one for one in read_projects(run) if one.annotator != OWNER]:
        fields = set()
        for task in studio.client.tasks.list(project=project.project, fields="task_only"):
            text = json.dumps(task.data).lower()
            assert not any(word in text for word in ("gold", "broken", "solved", "label"))
            fields.add(frozenset(task.data))
        assert len(fields) <= 1


def test_a_disagreement_is_settled_by_the_owner_whose_fix_is_a_new_pair(scenes: Run, serve: Serve) -> None:
    run = scenes(20, "judges = 1", "gold = 0.0", "overlap = 1.0")
    with serve(run) as studio:
        staffed(run, studio, ANA, BEN)
        said(run, "annotate", "push", "--limit", 12)
        shared = [one.pair_id for one in lane(run, ANA, "review")]
        disputed, *rest = shared
        for who in (ANA, BEN):
            for pair_id, task in tasks(run, studio, who, "review").items():
                fault = who == BEN and pair_id == disputed
                judge(studio, task, reject("several-right") if fault else accept(), by=who)
        said(run, "annotate", "pull")
        said(run, "annotate", "verified")
        assert run.require("verify").manifest.counts["disputed"] == 1
        assert disputed not in exported(run)[0]
        assert "1 pairs that others did not settle" in said(run, "annotate", "push", "--limit", 1)
        (task,) = tasks(run, studio, OWNER, "adjudicate").values()
        data = studio.client.tasks.get(id=str(task)).data
        assert data["said"].splitlines() == ["accept", "reject (several right)"]
        fixed = [region("verdict", "fix"), region("positive_question_fix", "What is to be seen here?", kind="textarea")]
        judge(studio, task, fixed, by=OWNER)
        said(run, "annotate", "pull")
    said(run, "annotate", "verified")
    (made,) = pairs_of(run.require("verify").table("pairs"))
    assert made.corrected_from == disputed
    assert made.positive.text == "What is to be seen here?"
    ids, states = exported(run)
    assert ids == {*rest, made.pair_id} & ids
    assert made.pair_id in ids
    assert disputed not in ids | exported(run, "--include", "unverified")[0]
    assert states == {"human-verified": len(rest) + 1}
    assert disputed in said(run, "trace", made.pair_id)


def test_what_comes_back_is_what_was_given_once_and_what_is_odd_is_named(scenes: Run, serve: Serve) -> None:
    run = scenes(20, "judges = 1", "gold = 0.0", "overlap = 0.0")
    with serve(run) as studio:
        staffed(run, studio, ANA, BEN)
        said(run, "annotate", "push", "--limit", 40)
        found = list(tasks(run, studio, ANA, "review").items())
        (edited, first), (removed, second), (forged, third), (half, fourth), (quick, fifth) = found[:5]
        number = judge(studio, first, accept(), by=ANA)
        gone = judge(studio, second, reject("not-visible"), by=ANA)
        judge(studio, third, accept(), by=BEN)
        judge(studio, fourth, [region("verdict", "reject")], by=ANA)
        judge(studio, fifth, accept(), by=ANA, seconds=None)
        told = json.loads(said(run, "annotate", "pull", "--json"))
        assert (told["new"], told["edited"], len(told["no verdict"])) == (2, 0, 3)
        named = {pair: next(line for line in told["no verdict"] if pair in line) for pair in (forged, half, quick)}
        assert f"by {BEN}, in the project of {ANA}" in named[forged]
        assert "names no fault" in named[half]
        assert "no time" in named[quick]
        studio.client.annotations.update(id=number, result=reject("wrong-category"))
        studio.client.annotations.delete(id=gone)
        told = json.loads(said(run, "annotate", "pull", "--json"))
        assert (told["new"], told["edited"], told["withdrawn"]) == (0, 1, 1)
        before = (run.path / "verdicts.jsonl").read_bytes()
        said(run, "annotate", "pull")
        assert (run.path / "verdicts.jsonl").read_bytes() == before
    versions = {(one.pair_id, one.version): one for one in read_verdicts(run.path)}
    assert versions[edited, 1].judgement == "accept"
    assert versions[edited, 2].faults == ("wrong-category",)
    assert versions[removed, 2].withdrawn


@pytest.mark.filterwarnings("ignore:The `parse_obj` method is deprecated")  # the SDK's, when it refreshes a token
def test_a_key_that_the_server_no_longer_takes_is_made_anew(scenes: Run, serve: Serve) -> None:
    run = scenes(20)
    with serve(run) as studio:
        before = studio.people()
    secrets: Path = run.path / "annotate/server/server.json"
    told = json.loads(secrets.read_text())
    secrets.write_text(json.dumps({**told, "token": "f" * 40}))
    with serve(run) as studio:
        assert studio.people() == before
        assert json.loads(secrets.read_text())["token"].count(".") == 2
