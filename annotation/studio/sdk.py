"""Label Studio's SDK, which is an extra: imported here alone, and its errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, Self

from schemas.errors import BadInput, MissingExtra, WorkFailed

_TIMEOUT = 120.0  # seconds


class StudioUnreachable(BadInput):
    """No Label Studio answers at that address."""


class StudioRefused(BadInput):
    """Label Studio does not let this key do that."""


def require_sdk() -> None:
    """Refuse to go on without the SDK.

    Raises:
        MissingExtra: It is not installed.
    """
    if find_spec("label_studio_sdk") is None:
        raise MissingExtra("label-studio-sdk", "annotate", what="annotating")


class StudioClient:
    """The SDK's client and the connections that it goes by, to be closed after use.

    The SDK tells legacy tokens from personal ones, and refreshes those.

    Raises:
        MissingExtra: The SDK is not installed.
    """

    def __init__(self, url: str, key: str) -> None:
        require_sdk()
        import httpx
        from label_studio_sdk import LabelStudio

        self.http = httpx.Client(timeout=_TIMEOUT, follow_redirects=True)
        self.api: Any = LabelStudio(base_url=url, api_key=key, timeout=_TIMEOUT, httpx_client=self.http)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self.http.close()

    def request(self, place: str, **given: Any) -> Any:
        """What the SDK has no method for, by its own authorised transport."""
        return self.api._client_wrapper.httpx_client.request(place, **given)

    def headers(self) -> dict[str, str]:
        """What authorises a request."""
        return dict(self.api._client_wrapper.get_headers())


def labeling_interface(xml: str) -> list[str]:
    """What the SDK finds wrong with a labeling config; nothing is an empty list.

    Raises:
        MissingExtra: The SDK is not installed.
    """
    require_sdk()
    from label_studio_sdk.label_interface import LabelInterface

    try:
        LabelInterface(xml).validate()
    except Exception as error:  # noqa: BLE001 - it raises whatever its parser does
        return [f"{type(error).__name__}: {error}"]
    return []


@contextmanager
def studio_errors(url: str) -> Iterator[None]:
    """What the SDK and its transport raise, as one line that says what to do.

    Raises:
        StudioUnreachable: Nothing answers there, or not in time.
        StudioRefused: The key is wrong or has no right to that.
        WorkFailed: The server answers with an error.
    """
    import httpx
    from label_studio_sdk.core.api_error import ApiError

    try:
        yield
    except httpx.HTTPError as error:
        fix = "Start one with `leadproof annotate serve`, or name another with --url."
        raise StudioUnreachable(
            f"no Label Studio answers ({str(error) or type(error).__name__})", where=url, fix=fix
        ) from error
    except ApiError as error:
        if error.status_code in (401, 403):
            what = "the API key is not accepted" if error.status_code == 401 else f"it refuses: {_told(error.body)}"
            fix = (
                "Where `leadproof annotate serve` runs it, restart that; else set LABEL_STUDIO_API_KEY to "
                "a token of that server's owner or an administrator."
            )
            raise StudioRefused(what, where=url, fix=fix) from error
        what = f"Label Studio answers {error.status_code}: {_told(error.body)}"
        raise WorkFailed(what, where=url, fix="See the server's log; repeat the command to go on.") from error


def _told(body: object) -> str:
    if isinstance(body, dict):
        body = body.get("detail") or body.get("validation_errors") or body
    return " ".join(str(body).split())[:300]
