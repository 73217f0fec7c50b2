"""Files beside a notebook: which of them an answer writes, and how to take them away before.

All of it is one expression, which binds no name in the session.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from course.session import Session

MOST = 1_000  # files that are looked at
SECONDS = 30
_OS = '__import__("os")'
LIST = f"""print(__import__("json").dumps(dict([
    ({_OS}.path.relpath({_OS}.path.join(folder, name)),
     {_OS}.stat({_OS}.path.join(folder, name)).st_mtime_ns)
    for folder, _, names in {_OS}.walk(".") for name in names][:{MOST}])))"""
TAKE_AWAY = f"([{_OS}.remove(name) for name in {{}} if {_OS}.path.lexists(name)], None)[1]"


def take_away(names: Iterable[str]) -> str:
    """Return code that removes files of the session's folder."""
    return TAKE_AWAY.format(sorted(names))


@contextmanager
def watched(
    open_session: Callable[[], AbstractContextManager[Session]], written: set[str]
) -> Iterator[Session]:
    """Open a session of our own answers; note which of the files that are there they write.

    Parameters
    ----------
    open_session : callable
    written : set of str
        Added to: relative paths.
    """
    with open_session() as session:
        begin, before = session.begin, {}

        def begin_and_look(*given: Any) -> Iterable[tuple[str, str, str]]:
            told = begin(*given)  # what may have run by then has written nothing
            before.update(_times(session))
            return told

        session.begin = begin_and_look
        yield session
        after = _times(session) if before else {}
        if after:
            written |= {name for name, time in before.items() if after.get(name) != time}


def _times(session: Session) -> dict[str, int]:
    """Return when each file in the session's folder was written; nothing where it has ended."""
    result = session.run(LIST, SECONDS)
    texts = [o.text for o in result.outputs if o.output_type == "stream"]
    try:
        return json.loads(texts[0]) if result.status == "ok" and texts else {}
    except ValueError:
        return {}
