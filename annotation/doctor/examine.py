"""``annotate doctor``: server, key, rights, pages, and one image fetched as an annotator's browser would."""

from collections.abc import Iterator

from annotation.doctor.finding import Finding
from annotation.doctor.image import image_finding
from annotation.labeling import faults_of, labeling_config
from annotation.server.environment import VERSION
from annotation.studio import ImageAddresses, Studio
from annotation.studio.sdk import StudioRefused, StudioUnreachable
from annotation.verdict import MODES
from schemas.errors import LeadproofError
from schemas.pair import Pair

_NEEDED = ("projects.create", "projects.change", "tasks.create", "annotations.view", "organizations.invite")


def examine(studio: Studio, images: ImageAddresses, pair: Pair | None) -> Iterator[Finding]:
    """Look at everything in turn; what rests on something broken is not looked at.

    Args:
        studio: The server.
        images: How it gets images.
        pair: Whose image is fetched; None where the run holds none that could be shown.
    """
    yield from _pages()
    try:
        version = studio.version()
    except StudioUnreachable as error:
        yield Finding("server", error.what, error.fix)
        return
    except LeadproofError:
        version = ""  # some versions tell it to nobody without a key
    yield _server(studio, version)
    try:
        owner = studio.whoami()
    except StudioRefused:
        mend = (
            "Where `leadproof annotate serve` runs it, restart that; else set LABEL_STUDIO_API_KEY anew: "
            "a personal token (Account & Settings, Personal Access Token), or a legacy "
            "token where the organisation allows these."
        )
        yield Finding("key", f"not accepted ({_kind(studio.key)})", mend)
        return
    except LeadproofError as error:
        yield Finding("key", error.what, error.fix)
        return
    yield Finding("key", f"{_kind(studio.key)} of {owner}")
    missing = [one for one in _NEEDED if one not in studio.rights()]
    if missing:
        yield Finding("rights", f"may not {', '.join(missing)}", "Use a key of an owner or administrator.")
        return
    yield Finding("rights", "may make projects, tasks and accounts")
    if pair is None:
        yield Finding("image", "the run holds none that can be shown", "Ingest images, generate and filter first.")
    else:
        yield image_finding(studio, images, pair)


def _pages() -> Iterator[Finding]:
    for mode in MODES:
        config = labeling_config(mode)
        faults = faults_of(config.xml)
        mend = "Report it: the page is part of leadproof." if faults else None
        yield Finding(f"page, {mode}", "; ".join(faults) or f"valid, version {config.version}", mend)


def _server(studio: Studio, version: str) -> Finding:
    if version == VERSION:
        return Finding("server", f"Label Studio {version} at {studio.url}")
    mend = f"If its pages look wrong, use {VERSION}, with which leadproof is tested."
    return Finding("server", f"Label Studio {version or 'of an unknown version'} at {studio.url}", mend, serious=False)


def _kind(key: str) -> str:
    return "a personal token" if key.count(".") == 2 else "a legacy token"
