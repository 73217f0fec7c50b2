"""Whether a notebook is open elsewhere: what is not saved there would be lost, here or there."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

from jupyter_core.paths import jupyter_runtime_dir

from course.errors import CourseError

SERVERS = ("jpserver-*.json", "nbserver-*.json")  # what running Jupyter servers leave for others
SECONDS = 3.0
# Files beside NAME that tell that a program has it open, or has not finished saving it.
LOCKS = {".{}.swp": "Vim", ".#{}": "Emacs", ".~{}": "Jupyter, which has not finished saving it"}
CHECKPOINTS = ".ipynb_checkpoints"
# Of a server that has ended, or another program behind its port.
GONE = (OSError, HTTPException, ValueError, LookupError, TypeError, AttributeError)


def demand_closed(path: Path) -> None:
    """Refuse a notebook that somebody may be changing, or whose last state is another file.

    Raises
    ------
    CourseError
        With who has it open, and what to do.
    """
    for form, program in LOCKS.items():
        if os.path.lexists(lock := path.with_name(form.format(path.name))):
            raise CourseError(
                f"{path} is open in {program}: {lock.name} lies beside it.",
                "Save and close it there; remove that file if nothing has it open any more.",
            )
    for address in _serving(path):
        raise CourseError(
            f"{path} is open in Jupyter at {address}: what is not saved there is not in the file.",
            "Save it there, shut its kernel down, and close it; then run this again.",
        )
    checkpoint = path.parent / CHECKPOINTS / f"{path.stem}-checkpoint{path.suffix}"
    if _is_later(checkpoint, path):
        raise CourseError(
            f"{path} is older than its checkpoint, {checkpoint}, which is another text.",
            "Open it in JupyterLab and save it, or choose File, Revert Notebook to Checkpoint; "
            "then run this again.",
        )


def _is_later(checkpoint: Path, path: Path) -> bool:
    try:
        later = checkpoint.stat().st_mtime > path.stat().st_mtime
        return later and checkpoint.read_bytes() != path.read_bytes()
    except OSError:
        return False


def _serving(path: Path) -> Iterator[str]:
    """Yield the addresses of this user's running servers in which a notebook has a kernel."""
    wanted = path.resolve()
    for name in SERVERS:
        for about in sorted(Path(jupyter_runtime_dir()).glob(name)):
            try:
                server = json.loads(about.read_text(encoding="utf-8"))
                root = Path(server.get("root_dir") or server["notebook_dir"])
                sessions = _sessions(server)
                opened = [root / (one.get("path") or one["notebook"]["path"]) for one in sessions]
            except GONE:
                continue
            if wanted in (one.resolve() for one in opened):
                yield server["url"]


def _sessions(server: dict) -> list[dict]:
    token = quote(server.get("token") or "")
    address = f"{server['url']}api/sessions?token={token}"
    local = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # asks no proxy
    with local.open(address, timeout=SECONDS) as answer:
        return json.load(answer)
