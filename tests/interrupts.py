"""Ctrl-C for programs that a test starts."""

import signal


def hear_ctrl_c() -> None:
    """Undo what a shell does to its background jobs, and so to the tests in one: no Ctrl-C.

    Given to ``subprocess.Popen`` as ``preexec_fn``.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
