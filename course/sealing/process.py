"""In a session: run a lesson's own cells, and its mistakes through the visible examples."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.checks.known import sealed_words
from helpers.checks.likeness import Undigested
from helpers.checks.seen import Log

from IPython import get_ipython

from course.judging.known import failing_check
from course.processes.shell import make_shell


def main(question: str, answer: str) -> None:
    """Read what is asked, and write of each mistake that shows: words, place, sealed, why not."""
    asked = json.loads(Path(question).read_text(encoding="utf-8"))
    told = list(_told(asked))
    Path(answer).write_text(json.dumps(told), encoding="utf-8")


def _told(asked: dict) -> Iterator[tuple[str, str, str, str]]:
    shell = get_ipython() or make_shell()  # a kernel's, where nothing can be forked
    states = [dict(shell.user_ns)]
    for cell, code in asked["cells"]:
        with contextlib.redirect_stdout(io.StringIO()):
            done = shell.run_cell(code, store_history=False)
        if not done.success:
            raised = done.error_before_exec or done.error_in_exec
            raise RuntimeError(f"the cell {cell} raises {raised!r}")
        states.append(dict(shell.user_ns))
    for test in asked["tests"]:
        for mistake in test["mistakes"]:
            yield from _sealed(asked["section"], test["part"], mistake, states[test["after"]])


def _sealed(
    section: str, part: str, mistake: dict, space: dict[str, Any]
) -> Iterator[tuple[str, str, str, str]]:
    notes = Log()
    with contextlib.redirect_stdout(io.StringIO()):
        failed = failing_check(mistake, [part], space, notes)
    if failed is None:
        return
    words = mistake["words"]
    try:
        if not notes.entries:
            raise Undigested("nothing that the checks see")
        yield words, *sealed_words(section, notes.entries, failed.layer, words), ""
    except Undigested as what:
        yield words, "", "", f"it shows in {what}, which has no digest"
