"""Untrusted text as Markdown that says just that text: no markup, link, image or HTML comes of it."""

import re

from schemas.text import nfc, plain

MAX_SHOWN_TEXT = 300
"""Characters shown of a question, an option or a fact."""

# All that begins something inline in CommonMark or in GitHub's dialect of it, bare addresses included. What has a
# meaning at the beginning of a line alone is left as it is: these texts never begin one.
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|#{}$^=@]|&(?=#?\w+;)|:(?=/)|(?<=www)\.", re.IGNORECASE)


def shown(text: str) -> str:
    """Text on one line, control and bidirectional characters made visible, Markdown's own characters escaped.

    Args:
        text: Any string. More than :data:`MAX_SHOWN_TEXT` characters end in ``…``.

    Returns:
        Never empty: text of white space alone is shown as ``(empty)``.
    """
    visible = plain(nfc(text), limit=MAX_SHOWN_TEXT)
    if len(visible) > MAX_SHOWN_TEXT:  # what was made visible takes more room
        visible = visible[: MAX_SHOWN_TEXT - 1] + "…"
    return _SPECIAL.sub(r"\\\g<0>", visible.strip()) or "(empty)"
