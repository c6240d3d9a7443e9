"""Models that run in this process: local weights through transformers, and a user's own file.

In: the same requests as any backend. Out: the same replies, with tokens counted here. Nothing in this folder needs
torch before the first request; the extra is ``leadproof[local]``.
"""

from mllm.local.backend import TransformersModel
from mllm.local.user_file import UserFile

__all__ = ["TransformersModel", "UserFile"]
