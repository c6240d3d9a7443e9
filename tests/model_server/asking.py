"""Asking the server as a client of the protocol does, for the server's own tests."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openai
from openai.lib._pydantic import to_strict_json_schema
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from schemas.run import RunFolder
from tests.model_server import ModelServer

MODEL = "drawn-scenes"


def client(server: ModelServer, **options: Any) -> openai.OpenAI:
    """A client that does not try again by itself, and loads no certificates: they take longer than a request."""
    transport = openai.DefaultHttpxClient(verify=False, trust_env=False)
    settings: dict[str, Any] = {"api_key": "key", "max_retries": 0, "timeout": 10, **options}
    return openai.OpenAI(base_url=server.base_url, http_client=transport, **settings)


def body(task: str, data: Mapping[str, Any], image: bytes | None = None, **more: Any) -> dict[str, Any]:
    """A request's body that names its task in the system message."""
    parts: list[dict[str, Any]] = [{"type": "text", "text": f"Look.\n<<<data\n{json.dumps(data)}\ndata>>>\nAnswer."}]
    if image is not None:
        url = f"data:image/png;base64,{base64.b64encode(image).decode()}"
        parts.append({"type": "image_url", "image_url": {"url": url}})
    system = f"Answer in JSON.\nTask: {task}"
    messages = [{"role": "system", "content": system}, {"role": "user", "content": parts}]
    return {"model": MODEL, "messages": messages, **more}


def ask(server: ModelServer, asked: Mapping[str, Any], **options: Any) -> ChatCompletion:
    """The reply to a body."""
    with client(server, **options) as one:
        reply: ChatCompletion = one.chat.completions.create(**asked)
    return reply


def said(reply: ChatCompletion) -> Any:
    """The content as JSON."""
    return json.loads(reply.choices[0].message.content or "")


def format_of(name: str, form: type[BaseModel]) -> dict[str, Any]:
    """A strict ``response_format``."""
    schema = {"name": name, "schema": to_strict_json_schema(form), "strict": True}
    return {"type": "json_schema", "json_schema": schema}


def images(run: Path) -> dict[str, bytes]:
    """The bytes of a run's images by reference."""
    rows = RunFolder.open(run).require("ingest").table("images", ["image", "path"]).to_pylist()
    return {row["image"]: (run / row["path"]).read_bytes() for row in rows}
