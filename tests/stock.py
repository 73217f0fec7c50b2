"""Stock nbgrader, as an instructor starts it; several commands share a process.

A process of nbgrader's takes two seconds of processor time to start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def nbgrader(root: Path, *commands: str, variables: Mapping[str, str] | None = None) -> None:
    """Run commands, each with its arguments, in a course and in an activated environment.

    Further variables may name a process of which kernels are forked, see `course.warm.owned`.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, __file__, *commands],
        cwd=root,
        env={**os.environ, "PATH": path, **(variables or {})},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def run(commands: list[str]) -> None:
    """Run commands one after the other, and end with the code of the first that fails."""
    from jupyter_core.application import NoStart
    from nbgrader.apps import NbGraderApp

    for command in commands:
        app = NbGraderApp.instance()
        try:
            app.initialize(command.split())
            app.start()
        except NoStart:  # so Jupyter says that a command has been run
            pass
        except SystemExit as error:
            if error.code:
                raise
        finally:
            app.reset()


if __name__ == "__main__":
    sys.path.pop(0)  # the folder of this file: nbgrader knows nothing of it
    run(sys.argv[1:])
