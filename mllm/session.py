"""Opening what a command needs to ask a model: journal, model, till and terms, from flags and settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mllm.asking import Asker, Terms
from mllm.backends import Wanted, open_backend, refuse_unknown
from mllm.budget import Budget
from mllm.journal import Journal
from mllm.journal.layout import JOURNAL_FILE
from mllm.model import Model
from mllm.patience import Tries
from mllm.picture import Detail, Transform
from mllm.prices import Tariff, tariff
from mllm.till import Till
from schemas.config import ModelSettings, Price
from schemas.errors import BadConfig
from schemas.run import RunFolder

MOST_BUDGET = 1_000_000_000  # USD


@dataclass(frozen=True)
class Ways:
    """Which model is asked, and how, as far as flags say; None leaves it to ``leadproof.toml``."""

    backend: str
    model: str | None = None
    base_url: str | None = None
    budget: float | None = None  # USD, for all that the run folder ever spends
    concurrency: int | None = None
    max_side: int | None = None
    detail: Detail | None = None
    timeout: float | None = None  # seconds
    batch: bool = False
    batch_size: int = 8
    trust_remote_code: bool = False
    ask_again: bool = False  # requests whose reply was malformed or refused, too
    tries: Tries = Tries()  # noqa: RUF009 - a tuple
    on_interrupt: Callable[[int], None] = field(default=lambda _: None, compare=False)  # told how many are waited for

    def settled(self, settings: ModelSettings) -> ModelSettings:
        """The settings with these flags over them."""
        flags = {name: getattr(self, name) for name in ("concurrency", "max_side", "detail", "timeout")}
        return settings.model_copy(update={name: value for name, value in flags.items() if value is not None})


@contextmanager
def open_asker(run: RunFolder, ways: Ways) -> Iterator[Asker]:
    """What asks a run's questions, its journal closed at the end; the caller holds the run folder's lock.

    Raises:
        BadConfig: Flags that do not go together, or a budget for a model whose price is unknown.
        BadRunFolder: The journal is damaged.
    """
    if ways.batch and ways.backend != "openai":
        fix = "Leave --batch out, or use --backend openai."
        raise BadConfig(f"the backend {ways.backend} takes no batches", where="--batch", fix=fix)
    if ways.batch and ways.ask_again:
        raise BadConfig("batches ask nothing again", where="--ask-again", fix="Leave --batch or --ask-again out.")
    if ways.budget is not None and not (0 <= ways.budget < MOST_BUDGET):
        raise BadConfig(f"{ways.budget:g} is no amount of USD", where="--budget", fix="Leave it out for no limit.")
    settings = ways.settled(run.settings.model)
    transform = Transform(settings.max_side, settings.detail)
    wanted = Wanted(ways.model, ways.base_url, transform, settings.timeout, ways.batch_size, ways.trust_remote_code)
    refuse_unknown(ways.backend)
    begun = not (run.path / JOURNAL_FILE).exists()
    journal = Journal(run.path / JOURNAL_FILE)
    try:
        model = open_backend(ways.backend, wanted, journal)
        budget = Budget(ways.budget, spent=journal.spending().usd)
        till = Till(tariff_of(run, model, ways), settings.detail, budget)
        terms = Terms(
            transform, settings.concurrency, ways.tries, frozenset(settings.allow_hosts), ask_again=ways.ask_again
        )
        asker = Asker(model, journal, till, terms)
        asker.on_interrupt = ways.on_interrupt
        yield asker
    finally:
        unused = begun and not journal.spending().attempts
        journal.close()
        if unused:  # nothing was asked: no trace is left
            (run.path / JOURNAL_FILE).unlink()


def tariff_of(run: RunFolder, model: Model, ways: Ways) -> Tariff:
    """What a model costs; one that runs in this process costs nothing.

    Raises:
        BadConfig: There is a budget, and the price is unknown.
    """
    if model.host is None:
        return Tariff(model.name, Price(input=0, output=0))
    found = tariff(model.name, run.settings.prices, batch=ways.batch)
    if found.price is None and ways.budget is not None:
        fix = f'Put [prices."{model.name}"] with input and output (USD per million tokens) into leadproof.toml.'
        raise BadConfig(f"the price of {model.name!r} is unknown", where="--budget", fix=fix)
    return found
