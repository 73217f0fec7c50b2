"""What a look at this machine found: one line of `course doctor`."""

from __future__ import annotations

from dataclasses import dataclass

RENEW = "Install what requirements.lock says: `make setup`, or pip install -r requirements.lock."


@dataclass(frozen=True)
class Probe:
    """One thing that was looked at.

    Attributes
    ----------
    name : str
    state : {"ok", "warn", "fail"}
        "fail" where the course cannot be used without it.
    value : str
        What was found.
    remedy : str
        What to do; empty where all is well.
    """

    name: str
    state: str
    value: str
    remedy: str = ""
