"""The command line, and later the dashboard: thin views over the rooms' stage functions.

In: arguments. Out: what the stages say, as tables on a terminal, plain lines in a pipe, or JSON.
"""

__all__: list[str] = []
