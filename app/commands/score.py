def score() -> None:
    """x."""
