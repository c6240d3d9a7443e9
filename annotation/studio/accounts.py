"""Accounts of annotators: made through the invite link, for users made by the API cannot log in."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from annotation.studio.sdk import studio_errors
from annotation.studio.studio import Studio
from schemas.errors import BadInput, WorkFailed


def make_account(studio: Studio, email: str, password: str, *, on_making: Callable[[], None] = lambda: None) -> bool:
    """Make an account that can log in; False where there is one with that address, which is left as it is.

    Args:
        studio: The server.
        email: Of the annotator.
        password: Theirs.
        on_making: Told just before the account is asked for: once that is made, nobody can find out its password.

    Raises:
        BadInput: The server does not take the address or the password.
        WorkFailed: The server gives no invite link.
    """
    import httpx

    if email in studio.people().values():
        return False
    with studio_errors(studio.url):
        link = _invite(studio)
    token = parse_qs(urlsplit(link).query).get("token", [""])[0]
    page = f"{studio.url}/user/signup/?token={token}"
    with studio_errors(studio.url), httpx.Client(follow_redirects=False, timeout=60) as browser:
        form = browser.get(page)
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
        on_making()
        answer = browser.post(
            page,
            data={"email": email, "password": password, "csrfmiddlewaretoken": csrf.group(1) if csrf else ""},
            headers={"Referer": page},
        )
    if answer.status_code not in (301, 302):
        said = " ".join(re.findall(r'<p class="[^"]*error[^"]*">([^<]+)', answer.text))[:200]
        fix = "Choose another address or a longer password (8 characters at least)."
        raise BadInput(f"no account was made for {email}{f': {said}' if said else ''}", where=studio.url, fix=fix)
    return True


def _invite(studio: Studio) -> str:
    """The invite link."""
    answer = studio.connection.request("api/invite", method="GET")
    link = answer.json().get("invite_url") if answer.status_code == 200 else None
    if not link:
        raise WorkFailed(f"no invite link ({answer.status_code})", where=studio.url, fix="Is the key an owner's?")
    return str(link)
