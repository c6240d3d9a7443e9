"""A Label Studio of one's own: installed beside leadproof, started on a run's images, stopped cleanly.

In: a run folder. Out: an address and a working API key, and nothing left running.
"""

from annotation.server.environment import VERSION, ensure_environment
from annotation.server.keys import working_key
from annotation.server.process import LocalServer, Wanted, refuse_second, running_server
from annotation.server.secrets import ServerSecrets, read_secrets, secrets_for

__all__ = [
    "VERSION",
    "LocalServer",
    "ServerSecrets",
    "Wanted",
    "ensure_environment",
    "read_secrets",
    "refuse_second",
    "running_server",
    "secrets_for",
    "working_key",
]
