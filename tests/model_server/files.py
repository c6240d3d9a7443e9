"""Files that were uploaded or came of batches, in memory."""

import itertools
import time
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from tests.model_server.refused import Refused


@dataclass(frozen=True)
class Held:
    """One file."""

    id: str
    name: str
    purpose: str
    created_at: int
    content: bytes

    def shown(self) -> dict[str, Any]:
        """The file in the protocol's shape."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.content),
            "created_at": self.created_at,
            "expires_at": None,
            "filename": self.name,
            "purpose": self.purpose,
            "status": "processed",
            "status_details": None,
        }


def read_form(content_type: str, body: bytes) -> dict[str, tuple[str, bytes | None]]:
    """The fields of a multipart form: file name and content by field name; empty where it is none.

    aiohttp's own reader warns of itself at some borders between packets, and warnings are errors in tests.
    """
    form = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields: dict[str, tuple[str, bytes | None]] = {}
    for part in form.iter_parts() if form.is_multipart() else ():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        fields[str(name)] = (part.get_filename() or "", content if isinstance(content, bytes) else None)
    return fields


class Files:
    """All files by id."""

    def __init__(self) -> None:
        self._files: dict[str, Held] = {}
        self._numbers = itertools.count(1)

    def add(self, name: str, purpose: str, content: bytes) -> Held:
        """Keep a file under a new id."""
        held = Held(f"file-{next(self._numbers):022d}", name, purpose, int(time.time()), content)
        self._files[held.id] = held
        return held

    def get(self, file_id: str) -> Held:
        """A file.

        Raises:
            Refused: There is none of that id.
        """
        if file_id not in self._files:
            raise Refused(404, f"No such File object: {file_id}", param="id")
        return self._files[file_id]

    def remove(self, file_id: str) -> dict[str, Any]:
        """Delete a file.

        Raises:
            Refused: There is none of that id.
        """
        self.get(file_id)
        del self._files[file_id]
        return {"id": file_id, "object": "file", "deleted": True}

    def all(self) -> list[Held]:
        """All files, the newest first."""
        return list(reversed(self._files.values()))
