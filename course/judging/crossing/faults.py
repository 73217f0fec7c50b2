"""What goes wrong when values cross."""

from __future__ import annotations


class Malformed(Exception):
    """Bytes that are no message of ours."""


class Refused(Exception):
    """A value that does not cross: nested too deeply, too large, or of a kind that may not."""


class Over(BaseException):
    """The other side has gone, is late, or talks nonsense; no test may catch this and go on.

    Parameters
    ----------
    status : {"timeout", "killed"}
    """

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status
