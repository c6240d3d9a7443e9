"""What a run's own Label Studio is opened with: made here, kept in the run folder for its owner's eyes alone."""

import errno
import os
import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.durable import sync_folder
from schemas.errors import BadRunFolder

FOLDER = "annotate/server"
FILE = "server.json"


class ServerSecrets(BaseModel):
    """The owner's account and key of a server that ``annotate serve`` starts, and where it was last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owner: str
    password: str
    token: str
    url: str


def read_secrets(run: Path) -> ServerSecrets | None:
    """As they were kept; None where no server was started for that run.

    Raises:
        BadRunFolder: The file was edited into something else.
    """
    path = run / FOLDER / FILE
    if not os.path.lexists(path):
        return None
    try:
        if path.is_symlink() or not path.is_file():
            raise OSError(errno.EINVAL, "not an ordinary file")
        return ServerSecrets.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        fix = f"Put it back; or delete {path.parent}, with all that its Label Studio holds, and start again."
        raise BadRunFolder("not what `annotate serve` wrote", where=str(path), fix=fix) from error


def secrets_for(run: Path, *, owner: str, url: str) -> ServerSecrets:
    """Those of a run, made where there are none, with the address it is served at now.

    Raises:
        BadRunFolder: The file was edited, or the server belongs to somebody else.
    """
    known = read_secrets(run)
    if known is not None and known.owner != owner:
        fix = f'Write owner = "{known.owner}" under [annotate], or delete {run / FOLDER} with all it holds.'
        raise BadRunFolder(f"its Label Studio belongs to {known.owner}", where=str(run), fix=fix)
    if known is None:
        password = secrets.token_urlsafe(12)
        known = ServerSecrets(owner=owner, password=password, token=secrets.token_hex(20), url=url)
    found = known.model_copy(update={"url": url})
    keep_secrets(run, found)
    return found


def keep_secrets(run: Path, found: ServerSecrets) -> None:
    """Write them whole, readable for the owner of the folder alone."""
    folder = run / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    draft = folder / f".{FILE}.{os.getpid()}.part"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(found.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / FILE)
    sync_folder(folder)
