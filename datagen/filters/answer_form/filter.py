"""The filter ``answer_form``."""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

import pyarrow as pa

from datagen.filters.answer_form.agreement import disagreement
from datagen.filters.answer_form.asked import Asked, asked_in
from datagen.filters.answer_form.cut import cut_in
from datagen.filters.answer_form.fitting import misfit, odd_one
from datagen.filters.answer_form.frames import after_reply, common_start, said_words
from datagen.filters.answer_form.nouns import counted_in
from datagen.filters.answer_form.odd_sort import CLEAR, odd_sort
from datagen.filters.answer_form.offered import offer_of
from datagen.filters.answer_form.parallel import broken_frame
from datagen.filters.contract import FilterSettings, Half, Joined, Said, said_in, scored
from schemas.ledger import Drop
from schemas.text import plain

SHOWN = 80  # characters of an option that a drop shows


class AnswerForm:
    """Drops pairs with an option that does not answer the question's form.

    That is a number where a color is asked for, yes or no where it is not, a sentence cut short, one whose words do not
    agree. What no list knows is let pass: an option is at fault for what can be read in it, not for what cannot.
    """

    name: ClassVar[str] = "answer_form"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "fault": pa.string(),  # what is wrong, for the first option at fault; null for none, or in another language
        "which": pa.string(),  # that option
    }

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """It has no thresholds."""
        self.settings = settings or FilterSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """The first option at fault of each pair and its fault; null where there is none."""
        return scored(batch, self.columns, [_fault_of(said) for said in said_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop every pair with an option at fault."""
        return [
            Drop("answer-form", pair_id=row["pair_id"], detail=f"{row['fault']}: {row['which']}")
            for row in scores.to_pylist()
            if row["fault"] is not None
        ]


class _Fault(NamedTuple):
    fault: str | None = None
    which: str | None = None


def _fault_of(said: Said) -> _Fault:
    if not said.english:
        return _Fault()
    for half, leading in ((said.positive, False), (said.negative, True)):
        found = _fault_in(half, said, leading=leading)
        if found is not None:
            return _Fault(found.fault, plain(found.which or "", limit=SHOWN))
    return _Fault()


def _fault_in(half: Half, said: Said, *, leading: bool) -> _Fault | None:
    asked = asked_in(half.text)
    counted = counted_in(half.text)
    offers = [offer_of(text) for text in half.options]
    elsewhere = [text for text in (said.fact, said.premise, *said.positive.options, *said.negative.options) if text]
    short = cut_in(half.options, elsewhere)
    if short is not None:
        return _Fault("cut", half.options[short])
    for place, (text, offer) in enumerate(zip(half.options, offers, strict=True)):
        if text.rstrip().endswith("?") and _asks(place, half.options):
            return _Fault("question", text)
        broken = disagreement(text, counted)
        if broken:
            return _Fault(f"agreement ({broken})", text)
        given = misfit(asked, offer, leading=leading)
        if given:
            return _Fault(f"{given} to {asked.form.name}", text)
    breaking = broken_frame(half.options, elsewhere)
    if breaking is not None:
        place, words = breaking
        return _Fault(f"agreement ({words})", half.options[place])
    plainly = [
        offer_of(after_reply(text)) if offer.reply is None and ": " in text else offer
        for text, offer in zip(half.options, offers, strict=True)
    ]
    odd = odd_one(asked, plainly, half.options) or odd_sort(asked, plainly, half.options)
    if odd is not None and (not leading or _comparable(odd[0], asked, asked_in(said.positive.text), half.options)):
        place, given = odd
        return _Fault(f"{given} among others", half.options[place])
    return None


def _comparable(place: int, asked: Asked, positive: Asked, options: list[str]) -> bool:
    """Whether the options to a leading question answer one thing.

    Where it asks on from its premise ("Why …", "What happened then?"), one goes along with that and the others correct
    it: they are of different sorts by right. So it must ask what the plain question asks, or for yes or no, or the
    odd option must be put as another is.
    """
    if asked.form.name == "polar" or (asked.form.name == positive.form.name and asked.form.name in CLEAR):
        return True
    own, *others = (said_words(text) for text in (options[place], *options[:place], *options[place + 1 :]))
    return any(common_start([own, other]) >= 2 for other in others)


def _asks(place: int, options: list[str]) -> bool:
    """Whether an option is a question, as no other is."""
    asking = [there for there, text in enumerate(options) if text.rstrip().endswith("?")]
    return asking == [place] and len(options[place].split()) > 2
