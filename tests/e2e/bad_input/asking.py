"""Flags, settings and files of the commands that ask a model: all is refused before anything is sent."""

from pathlib import Path

from tests.e2e.bad_input.case import Case
from tests.e2e.bad_input.made import folder, link, pipe

ASK = "generate --run run --backend openai"
URL = f"{ASK} --model m --base-url"
NOWHERE = f"{URL} http://127.0.0.1:9/v1"


def write(text: str) -> "dict[str, str]":
    """A run's settings."""
    return {"run/leadproof.toml": text}


def database_of_others(path: Path) -> None:
    """An SQLite file that is no journal."""
    import sqlite3

    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (x)")
    database.close()


CASES = [
    Case("asking: no model named", ASK, "--model", given="run"),
    Case("asking: a model without a name", ("generate", "--run", "run", "--model", ""), "empty", given="run"),
    Case("asking: no key for the hosted server", f"{ASK} --model gpt-4o", "OPENAI_API_KEY", given="run"),
    *(
        Case(f"asking: {name}", f"{URL} '{url}'", says, given="run")
        for name, url, says in [
            ("an address without a scheme", "localhost:8000", "--base-url"),
            ("an address of another protocol", "ftp://localhost/v1", "--base-url"),
            ("an address without a host", "http://", "--base-url"),
            ("an address with a password", "http://me:secret@localhost/v1", "OPENAI_API_KEY"),
            ("an address with a key in it", "http://localhost/v1?key=secret", "OPENAI_API_KEY"),
            ("an address with a fragment", "http://localhost/v1#x", "--base-url"),
            ("a port past all ports", "http://localhost:99999/v1", "--base-url"),
            ("a port in words", "http://localhost:http/v1", "--base-url"),
            ("a file in place of an address", "file:///etc/passwd", "--base-url"),
            ("brackets that do not close", "http://[::1/v1", "--base-url"),
        ]
    ),
    Case("asking: a negative budget", f"{NOWHERE} --budget -1", "--budget", given="run"),
    Case("asking: a budget in words", f"{NOWHERE} --budget much", "--budget", given="run"),
    Case("asking: a budget that is no number", f"{NOWHERE} --budget nan", "--budget", given="run"),
    Case("asking: a budget without end", f"{NOWHERE} --budget inf", "--budget", given="run"),
    Case("asking: a budget for an unknown price", f"{NOWHERE} --budget 1", "price of 'm' is unknown", given="run"),
    Case("asking: nobody at once", f"{NOWHERE} --concurrency 0", "--concurrency", given="run"),
    Case("asking: a crowd at once", f"{NOWHERE} --concurrency 1025", "--concurrency", given="run"),
    Case("asking: no image", f"{NOWHERE} --limit 0", "--limit", given="run"),
    Case("asking: images of no size", f"{NOWHERE} --max-side 0", "--max-side", given="run"),
    Case("asking: images past all size", f"{NOWHERE} --max-side 100000", "--max-side", given="run"),
    Case("asking: a detail nobody knows", f"{NOWHERE} --detail sharp", "--detail", given="run"),
    Case("asking: no time for a reply", f"{NOWHERE} --timeout 0", "--timeout", given="run"),
    Case("asking: time that is no number", f"{NOWHERE} --timeout nan", "--timeout", given="run"),
    Case("asking: to wait for no batch", f"{NOWHERE} --wait", "--wait", given="run"),
    Case("asking: a backend in capitals", "generate --run run --backend OpenAI --model m", "openai", given="run"),
    *(
        Case(f"asking: rules with {flag}", f"generate --run run {flag}", "asks no model", given="run")
        for flag in ("--model m", "--budget 1", "--estimate", "--limit 5", "--batch", "--trust-remote-code")
    ),
    Case(
        "asking: batches of local weights",
        "generate --run run --backend transformers --model m --batch",
        "takes no batches",
        given="run",
    ),
    Case("asking: a file that is not there", "generate --run run --backend gone.py", "gone.py", given="run"),
    Case(
        "asking: a folder named as a file", "generate --run run --backend d.py", "d.py", {"d.py": folder}, given="run"
    ),
    Case("asking: a pipe named as a file", "generate --run run --backend p.py", "p.py", {"p.py": pipe}, given="run"),
    Case(
        "asking: a file in a circle", "generate --run run --backend c.py", "c.py", {"c.py": link("c.py")}, given="run"
    ),
    Case(
        "asking: a file without answer()",
        "generate --run run --backend f.py",
        "answer",
        {"f.py": "x = 1\n"},
        given="run",
    ),
    Case(
        "asking: a file whose answer is no function",
        "generate --run run --backend f.py",
        "answer",
        {"f.py": "answer = 1\n"},
        given="run",
    ),
    Case(
        "asking: a file that is no Python",
        "generate --run run --backend f.py",
        "f.py",
        {"f.py": "def (:\n"},
        given="run",
    ),
    Case(
        "asking: a file that fails when it is loaded",
        "generate --run run --backend f.py",
        "f.py",
        {"f.py": "raise ValueError('no\\x1b[2J')\n"},
        given="run",
    ),
    Case(
        "asking: a file that ends the process",
        "generate --run run --backend f.py",
        "f.py",
        {"f.py": "import sys\nsys.exit(0)\n"},
        given="run",
    ),
    Case(
        "asking: a journal that is none",
        NOWHERE,
        "journal.sqlite",
        {"run/journal.sqlite": "certainly not"},
        given="run",
    ),
    Case("asking: a journal that is a folder", NOWHERE, "journal.sqlite", {"run/journal.sqlite": folder}, given="run"),
    Case("asking: a journal that is a pipe", NOWHERE, "journal.sqlite", {"run/journal.sqlite": pipe}, given="run"),
    Case(
        "asking: a journal that leads elsewhere",
        NOWHERE,
        "journal.sqlite",
        {"run/journal.sqlite": link("../../elsewhere.sqlite")},
        given="run",
    ),
    Case(
        "asking: another program's database",
        NOWHERE,
        "not a journal",
        {"run/journal.sqlite": database_of_others},
        given="run",
    ),
    *(
        Case(f"asking: settings: {name}", NOWHERE, says, write(text), given="run")
        for name, text, says in [
            ("an unknown key of [model]", "[model]\nconcurency = 4\n", "concurrency"),
            ("concurrency in words", '[model]\nconcurrency = "many"\n', "model.concurrency"),
            ("a timeout without end", "[model]\ntimeout = inf\n", "model.timeout"),
            ("a negative price", "[prices.m]\ninput = -1\noutput = 1\n", "prices.m.input"),
            ("a price that is no number", "[prices.m]\ninput = nan\noutput = 1\n", "prices.m.input"),
            ("half a price", "[prices.m]\ninput = 1\n", "prices.m.output"),
            ("an unknown way to count images", '[prices.m]\ninput = 1\noutput = 1\nimages = "all"\n', "images"),
            ("hosts that are no list", '[model]\nallow_hosts = "localhost"\n', "allow_hosts"),
        ]
    ),
    Case("verify: a model without a name", ("filter", "--run", "run", "--verify", ""), "empty", given="run"),
    Case("verify: no key for the hosted server", "filter --run run --verify gpt-4o", "OPENAI_API_KEY", given="run"),
    Case("verify: a backend nobody knows", "filter --run run --verify m --backend opnai", "openai", given="run"),
    Case("verify: rules as a verifier", "filter --run run --verify m --backend rules", "rules", given="run"),
    Case("verify: a bad address", "filter --run run --verify m --base-url nowhere", "--base-url", given="run"),
    Case(
        "verify: a budget for an unknown price",
        "filter --run run --verify m --base-url http://127.0.0.1:9/v1 --budget 1",
        "unknown",
        given="run",
    ),
    Case(
        "verify: a base-url without a model",
        "filter --run run --base-url http://127.0.0.1:9/v1",
        "--verify",
        given="run",
    ),
    Case("verify: a budget without a model", "filter --run run --budget 1", "--verify", given="run"),
]
