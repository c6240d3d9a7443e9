"""Opening the ``openai`` backend."""

from mllm.backends import Memory, Wanted
from mllm.model import Model
from mllm.openai.backend import OPENAI_URL, OpenAIModel, checked_url, openai_key
from schemas.errors import BadConfig


def open_openai(wanted: Wanted, memory: Memory) -> Model:
    """A model on a server.

    Raises:
        BadConfig: No model is named, the address is none, or the key is missing.
    """
    name = wanted.model
    if not name:
        raise BadConfig("no model is named", where="--backend openai", fix="Pass --model, as the server calls it.")
    url = checked_url(wanted.base_url or OPENAI_URL)

    async def learn(dialect: str) -> None:
        await memory.learn(url, name, dialect)

    return OpenAIModel(
        name,
        base_url=url,
        key=openai_key(url),
        detail=wanted.transform.detail,
        timeout=wanted.timeout,
        known=memory.dialect(url, name),
        learn=learn,
    )
