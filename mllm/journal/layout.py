"""The journal's file: SQLite in WAL mode, ``synchronous=FULL``, so that a commit survives a loss of power."""

import sqlite3
from pathlib import Path

from schemas.errors import BadRunFolder

JOURNAL_FILE = "journal.sqlite"
VERSION = 1
APPLICATION = 0x1EADF00F  # marks the file as ours

# attempts: every request that went out; replies: what is kept of a key, once; servers: what was found out of one;
# batches: those that were sent, with the server's name for each; batch_lines: the attempts that went out in one.
_TABLES = """
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, step TEXT NOT NULL, about TEXT NOT NULL, sent REAL NOT NULL,
    reserved REAL, ended TEXT, prompt_tokens INTEGER, completion_tokens INTEGER, usd REAL, latency REAL, said TEXT
);
CREATE INDEX attempts_key ON attempts (key);
CREATE TABLE replies (
    key TEXT PRIMARY KEY, step TEXT NOT NULL, about TEXT NOT NULL, endpoint TEXT NOT NULL, model TEXT NOT NULL,
    status TEXT NOT NULL, finish TEXT NOT NULL, text TEXT NOT NULL, detail TEXT NOT NULL, attempt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE servers (endpoint TEXT, model TEXT, dialect TEXT NOT NULL, PRIMARY KEY (endpoint, model));
CREATE TABLE batches (
    id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, model TEXT NOT NULL, sent REAL NOT NULL, requests INTEGER NOT NULL,
    remote TEXT, ended TEXT
);
CREATE TABLE batch_lines (
    attempt INTEGER PRIMARY KEY, batch TEXT NOT NULL, form TEXT NOT NULL, prompt INTEGER NOT NULL,
    completion INTEGER NOT NULL
);
CREATE INDEX batch_lines_batch ON batch_lines (batch);
"""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a journal, made if it is not there; may be used by one thread at a time.

    Raises:
        BadRunFolder: The file is no journal, or of another version.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise BadRunFolder("not a file", where=str(path), fix="Move it away; what it paid for is asked anew.")
    try:
        database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        (mark,) = database.execute("PRAGMA application_id").fetchone()
        if version == 0 and mark == 0 and not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(
                f"BEGIN; {_TABLES} PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION}; COMMIT;"
            )
        elif (mark, version) != (APPLICATION, VERSION):
            raise BadRunFolder(
                "not a journal of this version", where=str(path), fix="Move it away; what it paid for is asked anew."
            )
        database.execute("PRAGMA synchronous=FULL")
        database.execute("PRAGMA cache_size=-16000")
    except (sqlite3.Error, OSError) as error:
        fix = "If it was damaged, move it away; what it paid for is asked anew."
        raise BadRunFolder(f"the journal cannot be opened ({error})", where=str(path), fix=fix) from error
    return database
