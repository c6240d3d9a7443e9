"""A key that works: the one a fresh database was made with, or a personal one of the owner's account."""

from pathlib import Path
from typing import Any

from annotation.server.secrets import ServerSecrets, keep_secrets
from annotation.studio.sdk import StudioClient, StudioRefused, studio_errors
from schemas.errors import BadRunFolder


def working_key(run: Path, secrets: ServerSecrets) -> ServerSecrets:
    """The secrets with a key that the running server accepts.

    A database that was there before, as a Postgres may be, knows nothing of our key: the owner logs in by password and
    makes a personal one.

    Raises:
        BadRunFolder: The server takes neither key nor password: the account was there before, or was changed.
        StudioUnreachable: It does not answer.
    """
    if _accepted(secrets):
        return secrets
    found = secrets.model_copy(update={"token": _personal(secrets)})
    if not found.token or not _accepted(found):
        fix = f"Set {secrets.owner}'s password to the one in {run}/annotate/server/server.json."
        what = f"{secrets.owner} has an account there that neither our key nor our password opens"
        raise BadRunFolder(what, where=secrets.url, fix=fix)
    keep_secrets(run, found)
    return found


def _accepted(secrets: ServerSecrets) -> bool:
    try:
        with StudioClient(secrets.url, secrets.token) as studio, studio_errors(secrets.url):
            return str(studio.api.users.whoami().email).lower() == secrets.owner
    except StudioRefused:
        return False


def _personal(secrets: ServerSecrets) -> str:
    """A personal token, made in a session of the owner's; empty where the password does not open one."""
    import httpx

    with studio_errors(secrets.url), httpx.Client(base_url=secrets.url, timeout=60, follow_redirects=False) as browser:
        browser.get("/user/login/")
        answer = browser.post(
            "/user/login/",
            data={"email": secrets.owner, "password": secrets.password, "csrfmiddlewaretoken": _csrf(browser)},
            headers={"Referer": f"{secrets.url}/user/login/"},
        )
        if answer.status_code not in (301, 302):
            return ""
        # whoever is logged in can forbid all keys, and then nobody could start the server to allow them again
        headers = {"Referer": f"{secrets.url}/", "X-CSRFToken": _csrf(browser)}
        browser.post("/api/jwt/settings", json={"api_tokens_enabled": True}, headers=headers)
        made = browser.post("/api/token/", headers=headers)
        found = made.json() if made.status_code in (200, 201) else {}
        return str(found.get("token", ""))


def _csrf(browser: Any) -> str:
    return browser.cookies.get("csrftoken") or ""
