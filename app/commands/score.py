def score() -> None:
    '''x.'''
