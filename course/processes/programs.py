"""How a program of ours is started: by its module's name, whatever a user's folders hold."""

from __future__ import annotations

import sys

BEGIN = "import vision_course; vision_course.begin()"


def line_of(module: str, *, safe_path: bool = True) -> list[str]:
    """Return the command that runs a module of ours.

    After ``python -m course.warm`` a user's course.py would be run in its place: PYTHONPATH comes
    before what is installed. There is one module of ours whose name no other has.

    Parameters
    ----------
    module : str
    safe_path : bool
        Without it Python's flags are those of `course` itself.
    """
    return [sys.executable, *(["-P"] if safe_path else []), "-c", BEGIN, module]
