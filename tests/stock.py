"""Stock nbgrader, as an instructor starts it; several commands share a process.

A process of nbgrader's takes two seconds of processor time to start, and so does the program
alembic, which it asks about each new gradebook.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SCRIPTS = str(Path(sys.executable).parent)
# Asked for the newest version of nbgrader's tables it says what stands here, else what it says.
ALEMBIC = """\
#!/bin/sh
[ "$3" = heads ] && echo "{version} (head)" && exit
exec {scripts}/alembic "$@"
"""


@cache
def _remembering() -> tempfile.TemporaryDirectory:
    """Make a folder with an alembic that knows the version of nbgrader's tables.

    That it is the one that alembic tells is tested with the record's own tests.
    """
    from course.record.gradebook import newest_version

    folder = tempfile.TemporaryDirectory(prefix="alembic-")
    program = Path(folder.name, "alembic")
    program.write_text(ALEMBIC.format(version=newest_version(), scripts=SCRIPTS))
    program.chmod(0o700)
    return folder


def path() -> str:
    """Return the PATH of an activated environment, in which alembic answers at once."""
    return os.pathsep.join([_remembering().name, SCRIPTS, os.environ["PATH"]])


def nbgrader(root: Path, *commands: str, variables: Mapping[str, str] | None = None) -> None:
    """Run commands, each with its arguments, in a course and in an activated environment.

    Further variables may name a process of which kernels are forked, see `course.warm.owned`.
    """
    from tests.kernels import by_files  # which nbgrader's own process cannot

    files = " ".join(f"--KernelManager.{name}={value}" for name, value in by_files().items())
    done = subprocess.run(
        [sys.executable, __file__, *(f"{command} {files}" for command in commands)],
        cwd=root,
        env={**os.environ, "PATH": path(), **(variables or {})},
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
