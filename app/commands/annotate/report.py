"""``leadproof annotate report``."""

from app.options import JsonOption, RunOption


def report(run: RunOption, json: JsonOption = False) -> None:
    """Who did how much and how well, how far people agree, what they find wrong."""
    from annotation.at_hand import at_hand
    from annotation.gold import known_labels
    from annotation.pulling import read_verdicts
    from annotation.reporting import report as make
    from annotation.settings import annotate_settings
    from annotation.verifying import settle
    from app.annotate.checking import correction_check
    from app.annotate.report_view import show_report
    from app.console import say, say_json
    from schemas.run import RunFolder
    from schemas.text import plain

    folder = RunFolder.open(run)
    settings = annotate_settings(folder)
    hand = at_hand(folder)
    gold = known_labels(hand.gold)
    owner = settings.owner.lower()
    # What the owner solved is what gold is made of: it would only agree with itself.
    verdicts = [one for one in read_verdicts(folder.path) if one.annotator != owner or one.pair_id not in gold]
    if not verdicts and not json:
        say(f"No verdicts yet: leadproof annotate pull --run {plain(str(run))}")
        return
    pairs = hand.by_id({one.pair_id for one in verdicts})
    found = make(
        verdicts, pairs, gold,
        method=settings.consensus, confidence=settings.confidence, seed=folder.settings.run.seed,
    )  # fmt: skip
    settled = settle(hand, settings, correction_check(hand))
    if json:
        say_json(found.to_json() | {"pairs": settled.counts})
        return
    show_report(found)
    say()
    say("Pairs: " + ", ".join(f"{number:,} {name}" for name, number in settled.counts.items() if number))
    if settled.disputed or settled.lacking:
        say("Disputed ones go to the owner, and those that lack a judge to somebody else:")
        say(f"leadproof annotate push --run {plain(str(run))}")
