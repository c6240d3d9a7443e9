"""Commands of ``annotate``: what is refused before anybody is asked anything."""

import json
import socket
from contextlib import suppress
from pathlib import Path

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, link, nested, pipe

OWNER = '[annotate]\nowner = "owner@example.org"\n'
TOML = "run/leadproof.toml"
OWNED: dict[str, Content] = {TOML: OWNER}
SERVER = "run/annotate/server/server.json"
CLOSED = "http://127.0.0.1:9"
TAKEN = 18_977
_SECRETS = {"owner": "owner@example.org", "password": "secret-word", "token": "0" * 40, "url": CLOSED}
SERVED: dict[str, Content] = {**OWNED, SERVER: json.dumps(_SECRETS)}
VERDICTS, ASSIGNMENTS = "run/verdicts.jsonl", "run/annotate/assignments.jsonl"
GUIDELINES = "run/annotate/guidelines/guidelines.md"
PLAN = "run/annotate/plan.json"
ADD = "annotate user add anna@example.org --run run"
_TAKING: list[int] = []

COMMANDS = {
    "plan": "annotate plan --want 5 --run run",
    "guidelines": "annotate guidelines --run run",
    "gold": "annotate gold --run run",
    "serve": "annotate serve --run run",
    "user add": ADD,
    "user list": "annotate user list --run run",
    "user remove": "annotate user remove anna@example.org --run run",
    "push": "annotate push --run run",
    "pull": "annotate pull --run run",
    "verified": "annotate verified --run run",
    "report": "annotate report --run run",
    "doctor": "annotate doctor --run run",
}
OF_SETTINGS = ("plan", "gold", "serve", "push", "verified", "report")
OF_FILTERS = ("plan", "guidelines", "verified", "report", "doctor")
OF_A_SERVER = ("gold", "push", "pull", "doctor", "user add")

# What stands in the place of an appended file, and what is said of it.
LOGS: tuple[tuple[str, Content, str], ...] = (
    ("is no JSON", "nothing\n", ":1"),
    ("holds another record", '{"x": 1}\n', ":1"),
    ("holds a list", "[]\n", ":1"),
    ("has an empty line", "\n", ":1"),
    ("is UTF-16", "{}\n".encode("utf-16-be"), ":1"),
    ("is nested deep", f"{nested(50_000)}\n", ":1"),
    ("is a folder", folder, "not an ordinary file"),
    ("is a link", link("a.png"), "not an ordinary file"),
    ("is a link that leads nowhere", link("gone"), "not an ordinary file"),
    ("is a pipe", pipe, "not an ordinary file"),
    ("is a device", link("/dev/zero"), "not an ordinary file"),
)
_JUDGED: dict[str, Content] = {**SERVED, VERDICTS: ""}
# Each appended file, and a command that reads it.
READERS: tuple[tuple[str, str, str], ...] = (
    ("verdicts", VERDICTS, COMMANDS["verified"]),
    ("verdicts", VERDICTS, COMMANDS["report"]),
    ("verdicts", VERDICTS, COMMANDS["plan"]),
    ("verdicts", VERDICTS, "trace {id} --run run"),
    ("assignments", ASSIGNMENTS, COMMANDS["verified"]),
    ("assignments", ASSIGNMENTS, COMMANDS["pull"]),
    ("projects", "run/annotate/projects.jsonl", COMMANDS["pull"]),
    ("annotators", "run/annotate/annotators.jsonl", COMMANDS["user list"]),
    ("annotators", "run/annotate/annotators.jsonl", COMMANDS["user remove"]),
    ("annotators", "run/annotate/annotators.jsonl", COMMANDS["plan"]),
    ("gold", "run/annotate/gold.jsonl", COMMANDS["verified"]),
    ("gold", "run/annotate/gold.jsonl", COMMANDS["report"]),
    ("gold", "run/annotate/gold.jsonl", "export --format llava --run run"),
    ("examples", "run/annotate/guidelines/examples.jsonl", COMMANDS["guidelines"]),
)

# Keys of [annotate], and what is said of them.
SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("a key nobody knows", "ownr = 'a@example.org'", "Did you mean owner"),
    ("a key far from any", "xyzzy = 1", "unknown key xyzzy"),
    ("a key with a control sequence", '"\\u001b[2J" = 1', r"\x1b[2J"),
    ("an owner who is a number", "owner = 1", "owner"),
    ("an owner who is no address", 'owner = "me"', "owner"),
    ("an owner with a line break", 'owner = "me@example.org\\n"', "owner"),
    ("an overlap above one", "overlap = 1.1", "overlap"),
    ("an overlap that is NaN", "overlap = nan", "overlap"),
    ("an overlap in words", 'overlap = "half"', "overlap"),
    ("no judges", "judges = 0", "judges"),
    ("a crowd of judges", "judges = 21", "judges"),
    ("judges that are a fraction", "judges = 2.5", "judges"),
    ("more gold than not", "gold = 0.6", "gold"),
    ("gold below nought", "gold = -0.1", "gold"),
    ("no hours a day", "hours_per_day = 0", "hours_per_day"),
    ("hours past a day", "hours_per_day = 25", "hours_per_day"),
    ("hours that are NaN", "hours_per_day = nan", "hours_per_day"),
    ("a consensus nobody knows", 'consensus = "mean"', "consensus"),
    ("a confidence above one", "confidence = 2", "confidence"),
    ("a confidence without end", "confidence = inf", "confidence"),
    ("a confidence that is a boolean", "confidence = true", "confidence"),
)

# What stands in the place of server.json, and what is said of it.
SERVERS: tuple[tuple[str, Content, str], ...] = (
    ("is empty", "", "server.json"),
    ("is no JSON", "owner: me\n", "server.json"),
    ("was cut", json.dumps(_SECRETS)[:40], "server.json"),
    ("lacks a key", json.dumps({"owner": "me", "password": "secret-word"}), "server.json"),
    ("has one too many", json.dumps({**_SECRETS, "x": 1}), "server.json"),
    ("holds numbers", json.dumps({**_SECRETS, "token": 1}), "server.json"),
    ("names no address", json.dumps({**_SECRETS, "url": "nowhere"}), "server.json"),
    ("names half an address", json.dumps({**_SECRETS, "url": "http://[::1"}), "server.json"),
    ("is nested deep", nested(50_000), "server.json"),
    ("is UTF-16", json.dumps(_SECRETS).encode("utf-16"), "server.json"),
    ("is a folder", folder, "server.json"),
    ("is a link", link("../../../a.png"), "server.json"),
    ("is a link that leads nowhere", link("gone"), "server.json"),
    ("is a link in a circle", link("server.json"), "server.json"),
    ("is a pipe", pipe, "server.json"),
    ("is a device", link("/dev/zero"), "server.json"),
)

ADDRESSES: tuple[tuple[str, str, str], ...] = (
    ("without a scheme", "localhost:8080", "--url"),
    ("of another protocol", "ftp://localhost", "--url"),
    ("without a host", "http://", "--url"),
    ("that is a file", "file:///etc/passwd", "--url"),
    ("with a port past all ports", "http://localhost:99999", "--url"),
    ("with a port in words", "http://localhost:http", "--url"),
    ("with brackets that do not close", "http://[::1", "--url"),
    ("with a password", "http://me:secret@localhost", "--url"),
    ("with a query", "http://localhost/?key=secret", "--url"),
    ("with an escape in it", "http://\x1b[2J", "--url"),
    ("without a key", CLOSED, "LABEL_STUDIO_API_KEY"),
)

TEXTS: tuple[tuple[str, Content, str], ...] = (
    ("are empty", "", "cannot be empty"),
    ("are blank", " \n\t\n", "cannot be empty"),
    ("are not UTF-8", "für mich\n".encode("latin-1"), "not UTF-8"),
    ("are UTF-16", "Judge well.\n".encode("utf-16"), "not UTF-8"),
    ("are without end", "x" * 2_000_000, "longer than"),
    ("are a folder", folder, "a folder"),
    ("are a link", link("../../../a.png"), "a link"),
    ("are a link that leads nowhere", link("gone"), "a link"),
    ("are a pipe", pipe, "no ordinary file"),
    ("are a device", link("/dev/zero"), "a link"),
)

PLANS: tuple[tuple[str, Content, str], ...] = (
    ("is empty", "", "plan.json"),
    ("is no JSON", "want: 5\n", "plan.json"),
    ("is a list", "[]", "plan.json"),
    ("is of other keys", '{"x": 1}', "plan.json"),
    ("is nested deep", nested(50_000), "plan.json"),
    ("is not UTF-8", b"\xff\xfe{}", "plan.json"),
    ("is a folder", folder, "plan.json"),
    ("is a link in a circle", link("plan.json"), "plan.json"),
    ("is a device", link("/dev/zero"), "plan.json"),
    ("is a pipe", pipe, "plan.json"),
)

PASSWORDS: tuple[tuple[str, Content, str], ...] = (
    ("is empty", "", "too short"),
    ("is short", "secret\nand more\n", "too short"),
    ("is not UTF-8", "für immer mein\n".encode("latin-1"), "cannot be read as text"),
    ("is a folder", folder, "cannot be read"),
    ("is a link in a circle", link("p"), "cannot be read"),
)

DATABASES: tuple[tuple[str, str], ...] = (
    ("that is a word", "postgres"),
    ("of another kind", "mysql://me:secret@localhost/name"),
    ("without a host", "postgresql:///name"),
    ("without a name", "postgresql://localhost"),
    ("with a port in words", "postgresql://localhost:five/name"),
    ("with a port past all ports", "postgresql://localhost:99999/name"),
    ("with brackets that do not close", "postgresql://[::1/name"),
)

FLAGS: tuple[tuple[str, str, str], ...] = (
    ("plan: nothing wanted", "annotate plan --run run", "--want"),
    ("plan: fewer than none wanted", "annotate plan --want -1 --run run", "--want"),
    ("plan: pairs past all measure", "annotate plan --want 10000001 --run run", "--want"),
    ("plan: pairs in words", "annotate plan --want many --run run", "--want"),
    ("plan: a benchmark above all", "annotate plan --want 5 --benchmark 6 --run run", "--benchmark"),
    ("plan: a benchmark below none", "annotate plan --want 5 --benchmark -1 --run run", "--benchmark"),
    ("plan: nobody judges", "annotate plan --want 5 --annotators 0 --run run", "--annotators"),
    ("plan: everybody judges", "annotate plan --want 5 --annotators 1001 --run run", "--annotators"),
    ("plan: too few judge", "annotate plan --want 5 --benchmark 2 --annotators 2 --run run", "--annotators"),
    ("plan: a day that is none", "annotate plan --want 5 --start 2026-02-30 --run run", "--start"),
    ("plan: a day in words", "annotate plan --want 5 --start monday --run run", "--start"),
    ("gold: no pairs", "annotate gold --pairs 0 --run run", "--pairs"),
    ("gold: pairs past all measure", "annotate gold --pairs 10001 --run run", "--pairs"),
    ("push: no pairs", "annotate push --limit 0 --run run", "--limit"),
    ("push: no judges", "annotate push --judges 0 --run run", "--judges"),
    ("push: a mode nobody knows", "annotate push --mode some --run run", "--mode"),
    ("push: no share", "annotate push --mode sample --share 0 --run run", "--share"),
    ("push: a share above one", "annotate push --mode sample --share 1.5 --run run", "--share"),
    ("push: a share that is no number", "annotate push --mode sample --share nan --run run", "--share"),
    ("push: a sample by the plan", "annotate push --mode sample --until-plan --run run", "--until-plan"),
    ("push: by a plan that is not made", "annotate push --until-plan --run run", "no plan yet"),
    ("pull: no time between two looks", "annotate pull --every 0 --watch --run run", "--every"),
    ("pull: time that is no number", "annotate pull --every nan --watch --run run", "--every"),
    ("serve: no port", "annotate serve --port 0 --run run", "--port"),
    ("serve: a port past all ports", "annotate serve --port 65536 --run run", "--port"),
    ("serve: an address of another machine", "annotate serve --host 192.0.2.1 --run run", "192.0.2.1"),
    ("user add: nobody", "annotate user add --run run", "EMAIL"),
    ("user add: no address", "annotate user add anna --run run", "'anna' is no e-mail address"),
    ("user add: half an address", "annotate user add anna@example --run run", "no e-mail address"),
    ("user add: two at once", "annotate user add 'a@example.org,b@example.org' --run run", "no e-mail address"),
    ("user add: an address with a control sequence", "annotate user add '\x1b[2J@example.org' --run run", r"\x1b[2J"),
    ("user add: an address past all measure", f"annotate user add {'x' * 65}@example.org --run run", "e-mail"),
    ("user remove: somebody who does not judge", COMMANDS["user remove"], "does not judge"),
    ("user remove: no address", "annotate user remove anna --run run", "no e-mail address"),
    ("user: a command nobody knows", "annotate user rename --run run", "rename"),
    ("a command nobody knows", "annotate everything --run run", "everything"),
    ("an option nobody knows", "annotate push --all --run run", "--all"),
    ("no run named", "annotate verified", "--run"),
)


def taken(path: Path) -> None:
    """A port that something listens at, for as long as these tests run."""
    path.touch()
    if not _TAKING:
        with suppress(OSError):  # somebody else listens there, which is as well
            one = socket.create_server(("127.0.0.1", TAKEN))
            _TAKING.append(one.detach())


def _command(line: str) -> str:
    return line.partition(" --")[0].removesuffix(" {id}")


CASES = [
    *(Case(f"annotate {name}: no such run", line, "no such folder") for name, line in COMMANDS.items()),
    *(
        Case(f"annotate {name}: a folder that is no run", line, "not a run folder", {"run/x": ""})
        for name, line in COMMANDS.items()
    ),
    *(
        Case(f"annotate {name}: nothing generated yet", COMMANDS[name], "nothing in generate/", OWNED)
        for name in OF_FILTERS
    ),
    *(
        Case(
            f"annotate {name}: not filtered yet",
            COMMANDS[name],
            "nothing in filter/",
            {**SERVED, "run/filter": lambda path: path.rename(path.with_name("old"))},
            given="run",
        )
        for name in OF_FILTERS
    ),
    *(Case(f"annotate {name}: no owner named", COMMANDS[name], "no owner is named", {TOML: ""}, given="run")
      for name in ("gold", "serve")),
    *(
        Case(
            f"annotate settings: {name}",
            COMMANDS[OF_SETTINGS[at % len(OF_SETTINGS)]],
            says,
            {TOML: f"[annotate]\n{line}\n"},
            given="run",
        )
        for at, (name, line, says) in enumerate(SETTINGS)
    ),
    Case("annotate settings: no table", COMMANDS["push"], "annotate", {TOML: "annotate = 3\n"}, given="run"),
    *(
        Case(f"{_command(line)}: {name} {what}", line, says, {**_JUDGED, place: content}, given="run")
        for at, (name, place, line) in enumerate(READERS)
        for what, content, says in LOGS[at % 2 :: 2]
    ),
    Case("annotate verified: no verdicts yet", COMMANDS["verified"], "no verdicts yet", OWNED, given="run"),
    *(
        Case(f"annotate {name}: no server started", COMMANDS[name], "no Label Studio was started", OWNED, given="run")
        for name in OF_A_SERVER
    ),
    # One of them: the SDK tries for three seconds. `doctor` says so among what it has looked at.
    Case("annotate pull: nothing answers", COMMANDS["pull"], "no Label Studio answers", SERVED, given="run"),
    *(
        Case(
            f"annotate {OF_A_SERVER[at % 5]}: an address {name}",
            (*COMMANDS[OF_A_SERVER[at % 5]].split(), "--url", url),
            says,
            OWNED,
            given="run",
        )
        for at, (name, url, says) in enumerate(ADDRESSES)
    ),
    *(
        Case(f"annotate {OF_A_SERVER[at % 5]}: server.json {name}", COMMANDS[OF_A_SERVER[at % 5]], says,
             {**OWNED, SERVER: content}, given="run")
        for at, (name, content, says) in enumerate(SERVERS)
    ),
    *(
        Case(f"annotate {name}: images from nowhere", f"{COMMANDS[name]} --images carrier-pigeon", "--images", SERVED,
             given="run")
        for name in ("push", "gold", "doctor")
    ),
    Case("annotate push: images from no bucket", f"{COMMANDS['push']} --images s3://", "--images", SERVED, given="run"),
    *(
        Case(f"annotate guidelines: they {name}", COMMANDS["guidelines"], says, {GUIDELINES: content}, given="run")
        for name, content, says in TEXTS
    ),
    Case(
        "annotate guidelines: their folder is a file", COMMANDS["guidelines"], "guidelines",
        {"run/annotate/guidelines": "x"}, given="run",
    ),
    Case("annotate guidelines: annotate is a file", COMMANDS["guidelines"], "annotate", {"run/annotate": "x"},
         given="run"),
    Case("annotate plan: annotate is a file", COMMANDS["plan"], "annotate", {"run/annotate": "x"}, given="run"),
    *(
        Case(f"annotate push: the plan {name}", "annotate push --until-plan --run run", says,
             {**SERVED, PLAN: content}, given="run")
        for name, content, says in PLANS
    ),
    *(
        Case(f"annotate serve: a database {name}", ("annotate", "serve", "--run", "run", "--database", address),
             "--database", OWNED, given="run")
        for name, address in DATABASES
    ),
    Case("annotate serve: a port that is taken", f"annotate serve --port {TAKEN} --run run", f"port {TAKEN}",
         {**OWNED, "taken": taken}, given="run"),
    *(
        Case(f"annotate user add: a password file that {name}", f"{ADD} --password-file p", says,
             {**OWNED, "p": content}, given="run")
        for name, content, says in PASSWORDS
    ),
    Case("annotate user add: a password file that is not there", f"{ADD} --password-file p", "p: cannot be read",
         OWNED, given="run"),
    *(Case(f"annotate {name}", line, says, OWNED, given="run") for name, line, says in FLAGS),
    Case("annotate: export with a verify that is none", "export --format llava --run run", "not a manifest",
         {"run/verify/001/manifest.json": "{}"}, given="run"),
    Case("annotate: include what nobody knows", "export --format llava --include all --run run", "--include",
         given="run"),
]  # fmt: skip
