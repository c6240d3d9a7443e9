"""Commands in this process: the tests here give dozens, and each process of its own takes a second and a half."""

import contextlib
import io
import signal
import subprocess

from app.cli import run


def leadproof(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end, as :func:`tests.e2e.chain.leadproof` does in a process."""
    words = [str(one) for one in arguments]
    out, err = io.StringIO(), io.StringIO()
    before = signal.getsignal(signal.SIGTERM)
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            run(words)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    finally:
        signal.signal(signal.SIGTERM, before)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())
