"""The nursery: the process that imports once and forks a session on request.

Started as ``python -m course.warm.nursery FD`` with one end of a socket pair; speaks
`course.processes.wire`. It lives as long as the other end is open.
"""

from __future__ import annotations

import gc
import os
import socket
import sys

from course.processes import wire
from course.processes.forks import close_to_others, preload
from course.sandbox.keeper import Keeper
from course.warm.forks import Forks


def serve(control: socket.socket) -> None:
    """Import what is asked for, then fork sessions until the other end closes."""
    first = wire.receive(control)
    keeper = Keeper() if first["keeper"] else None
    gc.disable()  # imports make much and drop little: to look for that takes a fifth of the time
    # Also what only forks use: each of them would import it for itself.
    from course.judging import process  # noqa: F401
    from course.judging.crossing import Peer, prepare  # noqa: F401
    from course.judging.crossing.errors import know_libraries
    from course.processes import neighbours  # noqa: F401
    from course.processes.shell import make_shell, rehearse

    failed = preload(first["imports"])
    know_libraries()
    if first["guests"]:  # a judge imports nothing for a student's message
        ours = any("helpers" in statement for statement in first["imports"])
        prepare(None if ours else [name for name in sys.modules if "." not in name])
    shell = make_shell()
    rehearse(shell)
    close_to_others()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)  # what went wrong at the start went there: forks get nothing of ours
    os.close(nothing)
    gc.freeze()  # what is here already is never collected: forks share its memory
    wire.send(control, {"ready": True, "failed": failed})
    Forks(control, shell, keeper).serve()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)  # thousands of modules need not be taken down one by one
