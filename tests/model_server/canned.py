"""Fixed small replies, valid in form, for measuring a client rather than what it is told."""

import json

from tests.model_server.config import FORMS

_ASKED = {
    "question": "What is there in the picture?",
    "right": "There is a cup in the picture.",
    "right_answer_wrong_reason": "There is a boat in the picture.",
    "wrong_answer_right_reason": "There is a bell in the picture.",
    "wrong": "There is a kite in the picture.",
}
_PAIR = {
    "category": "attribute/existence", "kind": "false-premise",
    "fact": _ASKED["right"], "premise": _ASKED["wrong"], "rests_on": [],
    "positive": _ASKED, "negative": {**_ASKED, "question": "Why is there a kite in the picture?"},
}  # fmt: skip
_LISTS = ("texts", "objects", "people", "events", "object_relations", "person_object_relations", "activities")
_FORMS: dict[str, object] = {
    "extraction": {name: [] for name in _LISTS},
    "pairs": {"pairs": [_PAIR], "declined": []},
    "choice": {"letter": "A"},
    "judgement": {"premise": "false", "positive_right": ["A"], "negative_right": ["A"]},
}
CANNED = {name: json.dumps(form) for name, form in _FORMS.items()}
NEUTRAL = '{"ok": true}'
_MARKS = [(mark % name.encode(), name) for name in FORMS for mark in (b'"name":"%s"', b'"name": "%s"', b"Task: %s")]


def task_in(raw: bytes) -> str:
    """The task of a body that nobody parsed, found by its name as written; empty where none is."""
    return next((name for mark, name in _MARKS if mark in raw), "")


def canned(task: str) -> str:
    """The reply for a task."""
    return CANNED.get(task, NEUTRAL)
