"""``leadproof annotate verified``."""

from app.options import JsonOption, RunOption


def verified(run: RunOption, json: JsonOption = False) -> None:
    """Commit what people's verdicts come to: verified pairs, corrections, rejections."""
    from annotation.at_hand import at_hand
    from annotation.verifying import verify
    from app.annotate.checking import correction_check
    from app.annotate.verified_view import show_verified
    from app.console import say_json
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    with folder.writing():
        done = verify(folder, correction_check(at_hand(folder, some_kept=False)))
    if json:
        say_json(done.manifest.model_dump(mode="json"))
    else:
        show_verified(done, run)
