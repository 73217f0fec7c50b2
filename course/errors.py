"""The error that a command shows as one sentence and a remedy."""

from __future__ import annotations

WRONG_USE = 2
FOUND = 1
INTERRUPTED = 130  # what shells expect after Ctrl-C
STOPPED = "Stopped by Ctrl-C. Run the command again to go on."


class CourseError(Exception):
    """What went wrong, what to do about it, and the exit code it ends a command with.

    Parameters
    ----------
    what : str
        One sentence that names the thing and the value.
    remedy : str
        One sentence that says what to do.
    code : int
        2 for wrong use (the default), 1 where something was found or failed.
    """

    def __init__(self, what: str, remedy: str = "", *, code: int = WRONG_USE) -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy
        self.code = code
