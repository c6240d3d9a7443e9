import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mllm.journal import Journal, Kept
from mllm.journal.journal import read_spending
from mllm.message import Message
from mllm.picture import Transform
from mllm.reply import Reply, Usage
from mllm.request import Asked, Request
from schemas.errors import BadRunFolder, WorkFailed

ASKED = Asked("http://localhost/v1", "m", Transform())
REQUEST = Request("sha256:aa", "pairs", (Message("user", ("hello",)),))
KEPT = Kept("ok", "stop", "{}", "")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "journal.sqlite")
    yield journal
    journal.close()


async def _kept(journal: Journal, key: str, usd: float | None = 0.1, reserved: float | None = 0.5) -> None:
    attempt = await journal.sending(key, REQUEST, reserved=reserved, durable=False)
    await journal.keep(attempt, ASKED, REQUEST, Reply("{}", Usage(10, 5)), usd, KEPT)


def test_a_kept_reply_is_found_and_survives_reopening(journal: Journal, tmp_path: Path) -> None:
    asyncio.run(_kept(journal, "k1"))
    assert journal.find("k1") == KEPT
    assert journal.find("k2") is None
    journal.close()
    again = Journal(tmp_path / "journal.sqlite")
    assert again.find("k1") == KEPT
    again.close()


def test_what_is_awaited_is_on_disk_whoever_reads_it(journal: Journal, tmp_path: Path) -> None:
    async def main() -> None:
        for number in range(20):
            await _kept(journal, f"k{number}")
            other = sqlite3.connect(tmp_path / "journal.sqlite")
            assert other.execute("SELECT count(*) FROM replies").fetchone() == (number + 1,)
            other.close()

    asyncio.run(main())


def test_a_key_is_kept_once_and_the_first_reply_stays(journal: Journal) -> None:
    async def main() -> None:
        await _kept(journal, "k")
        attempt = await journal.sending("k", REQUEST, reserved=None, durable=False)
        await journal.keep(attempt, ASKED, REQUEST, Reply("other"), None, Kept("ok", "stop", "other", ""))

    asyncio.run(main())
    assert journal.find("k") == KEPT


def test_spending_counts_replies_at_their_price_and_lost_ones_at_what_was_reserved(journal: Journal) -> None:
    async def main() -> None:
        await _kept(journal, "paid", usd=0.1)
        await _kept(journal, "unknown price", usd=None)
        for ended in ("lost", "throttled", "down"):
            attempt = await journal.sending(ended, REQUEST, reserved=0.5, durable=False)
            journal.unanswered(attempt, ended, "words")
        await journal.sending("in flight", REQUEST, reserved=0.5, durable=True)

    asyncio.run(main())
    found = journal.spending()
    assert found.usd == pytest.approx(0.1 + 0.5 + 0.5)
    assert found.held == pytest.approx(1.0)
    assert (found.prompt_tokens, found.completion_tokens, found.attempts) == (20, 10, 6)


def test_many_at_once_share_commits(journal: Journal) -> None:
    commits = 0

    def count(statement: str) -> None:
        nonlocal commits
        commits += statement == "COMMIT"

    journal._writer_connection.set_trace_callback(count)

    async def main() -> None:
        await asyncio.gather(*(_kept(journal, f"k{number}") for number in range(500)))

    asyncio.run(main())
    assert commits < 100
    assert all(journal.find(f"k{number}") for number in range(500))


def test_numbers_of_attempts_go_on_after_reopening(journal: Journal, tmp_path: Path) -> None:
    asyncio.run(_kept(journal, "k1"))
    journal.close()
    again = Journal(tmp_path / "journal.sqlite")
    asyncio.run(_kept(again, "k2"))
    assert again.spending().attempts == 2
    again.close()


@pytest.mark.parametrize("content", [b"not a database, certainly", b"SQLite format 3\x00 and then nothing"])
def test_what_is_no_journal_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(content)
    with pytest.raises(BadRunFolder, match=r"journal\.sqlite"):
        Journal(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(BadRunFolder, match="not a journal of this version"):
        Journal(path)


def test_a_full_disk_stops_the_run_with_one_line(journal: Journal) -> None:
    asyncio.run(_kept(journal, "before"))
    journal._writer_connection.execute("PRAGMA max_page_count=1")

    async def main() -> None:
        attempt = await journal.sending("k", REQUEST, reserved=None, durable=False)
        long = Reply("x" * 10_000_000)
        await journal.keep(attempt, ASKED, REQUEST, long, None, Kept("ok", "stop", long.text, ""))

    with pytest.raises(WorkFailed, match="journal cannot be written"):
        asyncio.run(main())
    assert journal.find("before") == KEPT
    assert journal.find("k") is None
    with pytest.raises(WorkFailed):
        journal._writer.close()
    journal._writer = type("Closed", (), {"close": lambda self: None})()


def test_spending_can_be_read_without_opening_for_writing(journal: Journal, tmp_path: Path) -> None:
    asyncio.run(_kept(journal, "k"))
    found = read_spending(tmp_path / "journal.sqlite")
    assert found is not None
    assert found.usd == pytest.approx(0.1)
    assert read_spending(tmp_path / "none.sqlite") is None


def test_what_was_found_out_of_a_server_is_kept(journal: Journal) -> None:
    asyncio.run(journal.learn("http://x/v1", "m", "json"))
    assert journal.dialect("http://x/v1", "m") == "json"
    assert journal.dialect("http://x/v1", "n") is None
