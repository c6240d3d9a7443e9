"""What commands of ``annotate`` need of several rooms at once."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from annotation.at_hand import AtHand
from annotation.guidelines import Guidelines, current_version, examples, guidelines_text, render_html, write_first
from annotation.pushing import Posting
from annotation.studio import Guide, Studio, image_addresses
from app.annotate.images import image_writer
from schemas.appended import append, read_appended

EXAMPLES = Path("annotate/guidelines/examples.jsonl")


class ShownExample(BaseModel):
    """A pair that guidelines have shown: it can be no hidden gold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pair_id: str


def ensure_guidelines(hand: AtHand, *, again: bool = False) -> Guidelines:
    """The guidelines in force; the first ones are written from the run's own pairs. The run is locked."""
    found = current_version(hand.run.path)
    if found is not None and not again:
        return found
    chosen = examples(list(hand.kept.values()), seed=hand.run.settings.run.seed)
    known = shown_examples(hand.run.path)
    append(hand.run.path / EXAMPLES, [ShownExample(pair_id=one) for one in sorted(chosen.pair_ids - known)])
    return write_first(hand.run.path, guidelines_text(chosen, hand.run.settings.run.taxonomy), again=again)


def shown_examples(run: Path) -> frozenset[str]:
    """The pairs that any version of the guidelines has shown."""
    return frozenset(one.pair_id for one in read_appended(run / EXAMPLES, ShownExample))


def posting(hand: AtHand, studio: Studio, images: str) -> Posting:
    """Where tasks go, and what they bear. The run is locked."""
    guide = ensure_guidelines(hand)
    return Posting(
        studio,
        image_addresses(images, hand.run.path, image_writer(hand.run, hand.images)),
        Guide(guide.version, render_html(guide.text)),
        allow_hosts=frozenset(hand.run.settings.model.allow_hosts),
    )
