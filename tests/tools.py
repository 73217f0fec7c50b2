"""What pip cannot install: which mark says that a test needs it, and whether it works here."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from course.doctor.probes import find_browser

SECONDS = 30
# The walls of `course.sandbox` in the rough, with nothing of ours: a fault of ours must not look
# like one of the machine.
WALL = ("bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev")
INNER = ("unshare", "--user", "--mount", "--net", "--pid", "--fork", "true")
AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@dataclass(frozen=True)
class Tool:
    """Something that tests need and a machine may lack.

    Attributes
    ----------
    trouble : callable
        Says why it cannot be used here; an empty text where it can.
    remedy : str
    """

    trouble: Callable[[], str]
    remedy: str


@cache
def trouble(mark: str) -> str:
    """Say why what a mark stands for cannot be used here, with its name; empty where it can."""
    return TOOLS[mark].trouble()


def sandboxed() -> bool:
    """Tell whether `course grade` can have its sandbox on this machine."""
    return not trouble("sandbox")


def unconfined() -> list[str]:
    """Return the options with which `course grade` works on this machine."""
    return [] if sandboxed() else ["--no-sandbox"]


def _no_sandbox() -> str:
    if shutil.which("bwrap") is None:
        return "bubblewrap is missing"
    ways = [(*WALL, *INNER)]
    if os.geteuid() == 0:
        ways.append((*AS_NOBODY, *WALL, *INNER))
    told = [_said(way) for way in ways]
    return "" if "" in told else f"bubblewrap can build no sandbox here ({told[-1]})"


def _no_browser() -> str:
    return "" if find_browser() else "Chromium is missing"


def _no_font() -> str:
    if shutil.which("fc-list") and _output(("fc-list", ":lang=zh")).stdout.strip():
        return ""
    return "a font with Chinese is missing"


def _said(command: tuple[str, ...]) -> str:
    """Return the last thing that a failing command says; nothing where it does not fail."""
    try:
        done = _output(command)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return ((done.stderr.strip() or "no word of why").splitlines()[-1]) if done.returncode else ""


def _output(command: tuple[str, ...]) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)


TOOLS = {
    "sandbox": Tool(_no_sandbox, "apt install bubblewrap; docs/sandbox.md"),
    "chinese": Tool(_no_font, "apt install fonts-noto-cjk fontconfig"),
    "browser": Tool(_no_browser, "apt install chromium"),
}
