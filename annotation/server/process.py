"""A running Label Studio: started on a run's images, waited for, stopped with all its children."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from annotation.server.environment import Environment, studio_environment
from annotation.server.secrets import FOLDER, ServerSecrets
from schemas.errors import BadConfig, RunLocked, WorkFailed

IMAGES = "annotate/served/images"
"""Below a run folder: the images as annotators see them. All below their parent is served, so nothing else is there."""
_LOG = "label-studio.log"
_RUNNING = "running"
_STARTS_WITHIN = 300.0  # seconds; a fresh Postgres takes minutes
_STOPS_WITHIN = 15.0


@dataclass(frozen=True)
class Wanted:
    """How a server is to be started."""

    host: str = "127.0.0.1"
    port: int = 8080
    database: str | None = None  # postgresql://user:password@host:port/name; None: SQLite in the run folder

    @property
    def url(self) -> str:
        """Its address as a browser on this machine writes it."""
        name = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "localhost") else self.host
        return f"http://{name}:{self.port}"

    def check(self) -> None:
        """Refuse what cannot be started; Label Studio itself would take the next free port without a word.

        Raises:
            BadConfig: The port is taken, the host is none of this machine's, or the database's address is none.
        """
        if self.database:
            _postgres(self.database)
        try:
            socket.create_server((self.host, self.port)).close()
        except OSError as error:
            why = error.strerror or str(error)
            fix = "Stop what runs there, or name others with --host and --port."
            raise BadConfig(f"port {self.port} cannot be had ({why})", where=self.host, fix=fix) from error


@dataclass
class LocalServer:
    """A server that runs."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def wait(self) -> int:
        """Until it ends of itself."""
        return self.process.wait()

    def kill(self) -> None:
        """End it at once, as a machine that fails does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it and its children, gently first."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()


@contextlib.contextmanager
def running_server(
    run: Path, wanted: Wanted, secrets: ServerSecrets, environment: Environment,
    *, on_wait: Callable[[float], None] = lambda _: None,
) -> Iterator[LocalServer]:  # fmt: skip
    """Start a server, give it out once it answers, and stop it at the end whatever happens.

    Args:
        run: The run folder; data lie in ``annotate/server``, images in ``annotate/served/images``.
        wanted: Host, port, database.
        secrets: The owner's account and key.
        environment: Where Label Studio is installed.
        on_wait: Told the seconds waited so far.

    Raises:
        BadConfig: The port is taken, or the database's address is none.
        WorkFailed: It ends, or does not answer in time.
    """
    wanted.check()
    data, images = run / FOLDER / "data", run / IMAGES
    data.mkdir(parents=True, exist_ok=True)
    images.mkdir(parents=True, exist_ok=True)
    running = _only_one(data)
    if wanted.database is None and not (data / environment.database.name).exists():
        _copy_whole(environment.database, data / environment.database.name)
    log = data / _LOG
    with log.open("ab") as out:
        process = subprocess.Popen(
            [environment.python.parent / "label-studio", "start", "--no-browser", "--internal-host", wanted.host,
             "--port", str(wanted.port)],
            env=_told(data, images, wanted, secrets), cwd=data, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=True, pass_fds=(running,),
        )  # fmt: skip
    os.write(running, str(process.pid).encode())
    os.close(running)  # its processes hold the lock from here on, also where this one is killed
    server = LocalServer(wanted.url, log, process)
    try:
        _await(server, on_wait)
        yield server
    finally:
        server.stop()


def refuse_second(run: Path) -> None:
    """Refuse a run whose Label Studio runs, before its address is written anew.

    Raises:
        RunLocked: It does.
    """
    data = run / FOLDER / "data"
    if data.is_dir():
        os.close(_only_one(data))


def _only_one(data: Path) -> int:
    """A lock that lasts as long as the run's Label Studio does: one whose ``serve`` was killed may run on."""
    handle = os.open(data / _RUNNING, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        number = os.read(handle, 20).decode(errors="replace") or "unknown"
        os.close(handle)
        fix = f"Use that one, or end it with `kill {number}` and repeat."
        raise RunLocked(f"its Label Studio runs already (process {number})", where=str(data), fix=fix) from error
    os.ftruncate(handle, 0)
    return handle


def _told(data: Path, images: Path, wanted: Wanted, secrets: ServerSecrets) -> dict[str, str]:
    told = {
        **studio_environment(data),
        "LABEL_STUDIO_HOST": wanted.url,
        "LABEL_STUDIO_USERNAME": secrets.owner,
        "LABEL_STUDIO_PASSWORD": secrets.password,
        "LABEL_STUDIO_USER_TOKEN": secrets.token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true",
        "LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT": str(images.parent),
    }
    return told | (_postgres(wanted.database) if wanted.database else {})


def _postgres(address: str) -> dict[str, str]:
    fix = "Write it as postgresql://user:password@host:5432/name."
    try:
        parts = urlsplit(address)
        host, port, name = parts.hostname, parts.port or 5432, parts.path.lstrip("/")
        if parts.scheme not in ("postgres", "postgresql") or not host or not name:
            raise ValueError("another kind of address, or a part is missing")
    except ValueError as error:
        raise BadConfig("not the address of a Postgres database", where="--database", fix=fix) from error
    return {
        "DJANGO_DB": "default",
        "POSTGRE_NAME": unquote(name),
        "POSTGRE_USER": unquote(parts.username or "postgres"),
        "POSTGRE_PASSWORD": unquote(parts.password or ""),
        "POSTGRE_HOST": host,
        "POSTGRE_PORT": str(port),
    }


def _await(server: LocalServer, on_wait: Callable[[float], None]) -> None:
    import httpx

    began = time.monotonic()
    while (waited := time.monotonic() - began) < _STARTS_WITHIN:
        on_wait(waited)
        if server.process.poll() is not None:
            raise WorkFailed("Label Studio has ended while starting", where=str(server.log), fix="Read that log.")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{server.url}/health", timeout=5).status_code == 200:
                return
        time.sleep(0.25)
    raise WorkFailed(
        f"Label Studio does not answer after {_STARTS_WITHIN:.0f} s", where=str(server.log), fix="Read that log."
    )


def _copy_whole(source: Path, target: Path) -> None:
    draft = target.with_suffix(".part")
    shutil.copyfile(source, draft)
    draft.replace(target)
