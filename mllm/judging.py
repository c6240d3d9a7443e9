"""What is to be kept of a reply, and how a better one is asked for."""

from pydantic import BaseModel

from mllm.journal import Kept
from mllm.message import Message
from mllm.reading import NotInForm, read_form
from mllm.reply import Reply
from mllm.request import Request
from mllm.spelled import spelled

MOST_REPAIRED = 20_000  # characters of a reply that is sent back to be repaired; a longer one is asked for anew


def judged(reply: Reply, request: Request) -> tuple[Kept, BaseModel | None]:
    """What is to be kept of a reply, and the form it fills in."""
    if reply.refusal is not None:
        return Kept("refused", reply.finish, reply.text, reply.refusal), None
    if request.form is None:
        return Kept("ok", reply.finish, reply.text, ""), None
    try:
        return Kept("ok", reply.finish, reply.text, ""), read_form(reply.text, request.form)
    except NotInForm as error:
        why = str(error) if reply.text.strip() else "it is empty"
        why = "it was cut at max_tokens" if reply.finish == "length" else why
        return Kept("malformed", reply.finish, reply.text, why), None


def repair(reply: Reply, why: str, request: Request) -> tuple[Message, ...]:
    """Turns that ask for a better reply; none after an empty or endless one, which is asked for again as it was."""
    if not 0 < len(reply.text.strip()) <= MOST_REPAIRED:
        return ()
    form = "" if request.form is None else f"\n{spelled(request.form)}"  # some servers take a schema and ignore it
    return Message("assistant", (reply.text,)), Message("user", (f"Your reply cannot be used: {why}.{form}",))
