"""``leadproof annotate doctor``."""

import typer

from app.annotate.options import ImagesOption, UrlOption
from app.options import JsonOption, RunOption


def doctor(
    run: RunOption,
    url: UrlOption = None,
    images: ImagesOption = "local-files",
    json: JsonOption = False,
) -> None:
    """Check server, key, pages and one image, as an annotator would meet them; exit 1 if something is wrong."""
    from dataclasses import asdict

    from annotation.at_hand import at_hand
    from annotation.doctor import examine
    from annotation.studio import image_addresses, open_studio
    from app.annotate.images import image_writer
    from app.console import say, say_json, show_table
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    hand = at_hand(folder)
    addresses = image_addresses(images, folder.path, image_writer(folder, hand.images))
    pair = next((one for one in hand.kept.values() if hand.shown(one)), None)
    with open_studio(folder.path, url) as studio:
        found = list(examine(studio, addresses, pair))
    if json:
        say_json([asdict(one) for one in found])
    else:
        rows = [("ok" if one.well else "wrong" if one.serious else "look", one.what, one.found) for one in found]
        show_table("", ("", "", ""), rows)
        for one in found:
            if one.mend:
                say(f"{one.what}: {one.mend}")
    if any(one.mend and one.serious for one in found):
        raise typer.Exit(1)
