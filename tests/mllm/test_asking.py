"""Asking over real HTTP: what goes out, what is tried again, what is kept."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from datagen.filters.verification.forms import Choice
from mllm import Asker, Chain, ImagePart, Message, Outcome, Request, Ways, open_asker, run_chains
from mllm.patience import Tries
from schemas.errors import BadConfig, WorkFailed
from schemas.identity import image_ref
from schemas.run import RunFolder
from tests.e2e.by_model.conftest import rows_of
from tests.model_server import Fault, ModelServer

DATA = '<<<data\n{"question": "Which?", "options": {"A": "this", "B": "that"}}\ndata>>>\n'
QUICK = Tries(throttled=5, failed=3, first_wait=0.01, longest_wait=0.05)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


def request(number: int = 0, **options: object) -> Request:
    messages = (Message("system", ("Task: choice",)), Message("user", (f"{DATA}{number}",)))
    return Request("about", "choice", messages, **{"form": Choice, "max_tokens": 50, **options})  # type: ignore[arg-type]


def asked(run: RunFolder, server: ModelServer, *requests: Request, **flags: object) -> tuple[list[Outcome], Asker]:
    """The outcomes of requests, each a chain of its own."""
    outcomes: list[Outcome] = []

    def chain(one: Request) -> Chain[Outcome]:
        return (yield [one])[0]

    ways = {"model": "gpt-4o", "base_url": server.base_url, "tries": QUICK, **flags}
    with open_asker(run, Ways("openai", **ways)) as asker:  # type: ignore[arg-type]
        run_chains([chain(one) for one in requests], asker, outcomes.append)
        return outcomes, asker


def statuses(server: ModelServer) -> list[int]:
    return [entry.status for entry in server.log]


def test_an_outcome_is_parsed_counted_and_kept(run: RunFolder, server: ModelServer) -> None:
    [outcome], asker = asked(run, server, request())
    assert (outcome.status, outcome.from_journal) == ("ok", False)
    assert outcome.parsed in (Choice(letter="A"), Choice(letter="B"))
    assert asker.till.tally.tokens == server.counts.sent.prompt_tokens + server.counts.sent.completion_tokens
    [again], _ = asked(run, server, request())
    assert (again.parsed, again.from_journal) == (outcome.parsed, True)
    assert len(server.log) == 1


def test_equal_requests_are_asked_once_and_votes_each(run: RunFolder, server: ModelServer) -> None:
    asked(run, server, request(), request(), request(vote=1))
    assert len(server.log) == 2


@pytest.mark.parametrize(
    ("unsupported", "structure", "sent"),
    [
        ({}, "schema", 1),
        ({"json_schema": ""}, "json", 2),
        ({"json_schema": "", "json_object": ""}, "none", 3),
        ({"max_tokens": "", "temperature": ""}, "schema", 3),
    ],
)
def test_what_a_server_takes_is_found_out_once_and_remembered(
    run: RunFolder, server: ModelServer, unsupported: dict[str, str], structure: str, sent: int
) -> None:
    server.configure(unsupported=unsupported)
    outcomes, _ = asked(run, server, *(request(number) for number in range(8)))
    assert {one.status for one in outcomes} == {"ok"}
    assert statuses(server).count(400) == sent - 1
    assert f'"structure":"{structure}"' in rows_of(run, "SELECT dialect FROM servers")[0][0]
    asked(run, server, request(99))
    assert statuses(server)[-1] == 200
    assert len(server.log) == 8 + sent - 1 + 1


@pytest.mark.parametrize("kind", ["cut-json", "wrong-shape", "prose", "empty"])
def test_one_turn_of_repair_and_its_tokens_count(run: RunFolder, server: ModelServer, kind: str) -> None:
    server.configure(faults=(Fault(kind=kind, at=(1,)),))
    [outcome], asker = asked(run, server, request())
    assert outcome.status == "ok"
    assert (asker.till.tally.received, asker.till.tally.retried) == (2, 1)
    assert asker.till.tally.prompt_tokens == server.counts.sent.prompt_tokens


@pytest.mark.parametrize("kind", ["fenced", "chatty"])
def test_talk_around_the_form_needs_no_repair(run: RunFolder, server: ModelServer, kind: str) -> None:
    server.configure(faults=(Fault(kind=kind, rate=1.0),))
    [outcome], _ = asked(run, server, request())
    assert outcome.status == "ok"
    assert len(server.log) == 1


def test_what_stays_malformed_is_kept_as_that_and_not_asked_again(run: RunFolder, server: ModelServer) -> None:
    server.configure(faults=(Fault(kind="prose", rate=1.0),))
    [outcome], _ = asked(run, server, request())
    assert (outcome.status, outcome.parsed) == ("malformed", None)
    [again], _ = asked(run, server, request())
    assert (again.status, again.from_journal) == ("malformed", True)
    assert len(server.log) == 2


def test_ask_again_asks_once_more_what_was_malformed_or_refused_and_nothing_else(
    run: RunFolder, server: ModelServer
) -> None:
    asked(run, server, request(0))
    server.configure(faults=(Fault(kind="prose", at=(2, 3)), Fault(kind="refusal", at=(4,))))
    spoilt, _ = asked(run, server, request(1), request(2), concurrency=1)
    assert [one.status for one in spoilt] == ["malformed", "refused"]
    mended, asker = asked(run, server, request(0), request(1), request(2), ask_again=True)
    assert {one.status for one in mended} == {"ok"}
    assert (asker.till.tally.from_journal, asker.till.tally.asked) == (1, 2)
    kept, _ = asked(run, server, request(0), request(1), request(2))
    assert {(one.status, one.from_journal) for one in kept} == {("ok", True)}


@pytest.mark.parametrize("kind", ["refusal", "content-policy", "content-filter"])
def test_a_refusal_is_kept_with_its_words(run: RunFolder, server: ModelServer, kind: str) -> None:
    server.configure(faults=(Fault(kind=kind, rate=1.0),))
    [outcome], _ = asked(run, server, request())
    assert outcome.status == "refused"
    assert outcome.detail
    asked(run, server, request())
    assert len(server.log) == 1


def test_a_reply_cut_at_max_tokens_is_malformed_and_not_repaired(run: RunFolder, server: ModelServer) -> None:
    server.configure(faults=(Fault(kind="length", rate=1.0),))
    [outcome], _ = asked(run, server, request())
    assert (outcome.status, outcome.detail) == ("malformed", "it was cut at max_tokens")
    assert len(server.log) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="rate-limited", at=(1, 2)),
        Fault(kind="rate-limited", at=(1,), retry_after=0.05),
        Fault(kind="rate-limited", at=(1,), retry_after=0.05, retry_after_form="ms"),
        Fault(kind="internal-error", at=(1, 2)),
        Fault(kind="unavailable", at=(1,), retry_after=0.05, retry_after_form="ms"),
        Fault(kind="cut-before-headers", at=(1,)),
        Fault(kind="cut-inside-body", at=(1,)),
        Fault(kind="hang", at=(1,)),
    ],
)
def test_what_passes_is_tried_again(run: RunFolder, server: ModelServer, fault: Fault) -> None:
    server.configure(faults=(fault,))
    [outcome], asker = asked(run, server, request(), timeout=0.5)
    assert outcome.status == "ok"
    assert asker.till.tally.retried == len(fault.at)


def test_tries_of_one_kind_take_nothing_from_another(run: RunFolder, server: ModelServer) -> None:
    faults = (Fault(kind="rate-limited", at=(1, 2, 3, 4, 5)), Fault(kind="internal-error", at=(6, 7, 8)))
    server.configure(faults=faults)
    [outcome], _ = asked(run, server, request())
    assert outcome.status == "ok"
    assert len(server.log) == 9


def test_what_never_comes_is_failed_and_asked_again_next_time(run: RunFolder, server: ModelServer) -> None:
    server.configure(faults=(Fault(kind="bad-gateway", rate=1.0),))
    [outcome], _ = asked(run, server, request())
    assert (outcome.status, len(server.log)) == ("failed", 4)
    assert "502" in outcome.detail
    server.configure(faults=())
    [again], _ = asked(run, server, request())
    assert (again.status, again.from_journal) == ("ok", False)


def test_a_lost_reply_keeps_its_reservation(run: RunFolder, server: ModelServer) -> None:
    server.configure(faults=(Fault(kind="hang", at=(1,)),))
    _, asker = asked(run, server, request(), timeout=0.3, budget=1.0)
    spent = asker.till.tally.usd
    assert spent is not None
    assert asker.till.budget.spent > spent
    [(held,)] = rows_of(run, "SELECT reserved FROM attempts WHERE ended = 'lost'")
    assert asker.till.budget.spent == pytest.approx(spent + held)
    with open_asker(run, Ways("openai", "gpt-4o", server.base_url, budget=1.0)) as later:
        assert later.till.budget.spent == pytest.approx(spent + held)


def test_what_was_lost_without_a_budget_counts_under_a_later_one(run: RunFolder, server: ModelServer) -> None:
    server.configure(faults=(Fault(kind="hang", at=(1,)),))
    asked(run, server, request(), timeout=0.3)
    [(held,)] = rows_of(run, "SELECT reserved FROM attempts WHERE ended = 'lost'")
    assert held > 0
    with open_asker(run, Ways("openai", "gpt-4o", server.base_url, budget=1.0)) as later:
        assert later.till.budget.spent >= held


@pytest.mark.parametrize(
    ("kind", "words"),
    [("unauthorized", "401"), ("forbidden", "403"), ("not-found", "404"), ("insufficient-quota", "429")],
)
def test_what_will_not_pass_stops_the_run_at_once(run: RunFolder, server: ModelServer, kind: str, words: str) -> None:
    server.configure(faults=(Fault(kind=kind, rate=1.0, message="in the server's own words"),))
    with pytest.raises(WorkFailed, match=f"{words}: in the server's own words"):
        asked(run, server, *(request(number) for number in range(50)), concurrency=4)
    assert len(server.log) <= 4


def test_the_key_is_sent_and_never_shown(run: RunFolder, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    server.configure(faults=(Fault(kind="unauthorized", rate=1.0, message="Incorrect key: sk-very-secret"),))
    with pytest.raises(WorkFailed) as stopped:
        asked(run, server, request())
    assert "sk-very-secret" not in str(stopped.value)
    assert all(b"sk-very-secret" not in path.read_bytes() for path in run.path.glob("*") if path.is_file())


def test_an_image_that_may_not_leave_is_sent_to_this_machine_and_named_hosts_alone(
    run: RunFolder, server: ModelServer, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    part = ImagePart(image_ref((tmp_path / "a.png").read_bytes()), tmp_path / "a.png", may_leave=False)
    one = Request("a", "choice", (Message("user", (part, f"Task: choice\n{DATA}")),), Choice, max_tokens=50)
    [outcome], _ = asked(run, server, one)
    assert outcome.status == "ok"
    ways = Ways("openai", "gpt-4o", "http://192.0.2.1:9/v1", tries=QUICK)
    with open_asker(run, ways) as elsewhere:
        outcome = asyncio.run(elsewhere.ask(one))
    assert (outcome.status, outcome.detail) == ("refused", "may-not-leave")


def test_ctrl_c_waits_for_what_is_out_and_keeps_it(run: RunFolder, server: ModelServer) -> None:
    server.configure(latency=0.5)
    threading.Timer(0.25, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        asked(run, server, *(request(number) for number in range(40)), concurrency=4)
    assert 1 <= len(server.log) <= 4
    assert rows_of(run, "SELECT count(*) FROM replies") == [(len(server.log),)]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="rate-limited", rate=1.0, retry_after=200),
        Fault(kind="rate-limited", rate=1.0),
        Fault(kind="unavailable", rate=1.0),
    ],
)
def test_ctrl_c_does_not_wait_for_a_pause_or_a_next_try(run: RunFolder, server: ModelServer, fault: Fault) -> None:
    server.configure(faults=(fault,))
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    patient = Tries(first_wait=60, longest_wait=60)
    with pytest.raises(KeyboardInterrupt):
        asked(run, server, *(request(number) for number in range(40)), concurrency=4, tries=patient)
    assert time.monotonic() - began < 10


def test_chains_ask_one_after_the_other_and_many_at_once(run: RunFolder, server: ModelServer) -> None:
    def chain(number: int) -> Chain[int]:
        first: Sequence[Outcome] = yield [request(number)]
        many = yield [request(number, vote=vote) for vote in range(1, 4)]
        return number + len(first) + len(many)

    found: list[int] = []
    with open_asker(run, Ways("openai", "gpt-4o", server.base_url, concurrency=5)) as asker:
        run_chains(map(chain, range(10)), asker, found.append)
    assert sorted(found) == [number + 4 for number in range(10)]
    assert len(server.log) == 40
    assert server.counts.at_once <= 5


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8000",
        "ftp://x/v1",
        "http://",
        "http://user:secret@x/v1",
        "http://x/v1?key=secret",
        "http://x:99999/v1",
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_sent(run: RunFolder, url: str) -> None:
    with pytest.raises(BadConfig) as refused, open_asker(run, Ways("openai", "m", url)):
        pass
    assert "secret" not in str(refused.value)
