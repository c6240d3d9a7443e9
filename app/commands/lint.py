def lint() -> None:
    '''x.'''
