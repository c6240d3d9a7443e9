"""``leadproof demo``."""
def demo() -> None:
    """The whole chain on drawn scenes: no network, key or account."""
