"""The forms a leading question takes, each with the answers that accept or deny its premise.

Rhetorical and presupposing forms are those MMR's negatives use (arXiv 2406.10638, section 3.2); a
distractor sentence before a plain question is its second negative form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from datagen.generators.rules.clause import Clause, sentence

Answer = Callable[[Clause], str]


@dataclass(frozen=True)
class LeadingForm:
    """One form: the question from the premise and the plain question, and how to agree and to deny."""

    name: str
    question: Callable[[Clause, str], str]
    accept: Answer
    deny: Answer
    for_reason: bool = False


def _yes(claim: Clause) -> str:
    return f"Yes, {claim.that}."


def _no(claim: Clause) -> str:
    but = "but " if claim.subject == "there" and not claim.rest.startswith("no ") else ""
    return f"No, {but}{claim.that}."


def _simply(claim: Clause) -> str:
    return f"That is just how it is: {claim.that}."


def _not_so(claim: Clause) -> str:
    return f"That is not so: {claim.that}."


def _seen(claim: Clause) -> str:
    return f"It can be seen: {claim.that}."


def _statement(claim: Clause) -> str:
    return claim.statement


def _said(premise: Clause, plain_question: str) -> str:
    return f"Somebody says that {premise.that}. {plain_question}"


def _told(premise: Clause, plain_question: str) -> str:
    return f"{sentence(f'I was told that {premise.that}')} {plain_question}"


FORMS = (
    LeadingForm("rhetorical", lambda premise, _: premise.isnt, _yes, _no),
    LeadingForm("rhetorical", lambda premise, _: f"{premise.statement[:-1]}, right?", _yes, _no),
    LeadingForm("presupposing", lambda premise, _: premise.why, _simply, _not_so, for_reason=True),
    LeadingForm("presupposing", lambda premise, _: f"How can you tell that {premise.that}?", _seen, _not_so),
    LeadingForm("distractor", _said, _statement, _statement),
    LeadingForm("distractor", _told, _statement, _statement),
)

# A question for the reason of what is what ("Why is the animal a cat?") nobody would ask.
UNREASONED = tuple(form for form in FORMS if not form.for_reason)
