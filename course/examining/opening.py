"""Where sessions come from: forks of a warm process, or a fresh kernel each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from nbformat import NotebookNode

from course.folder import Section, no_extra_file
from course.sandbox.bounds import Bounds
from course.scratch import Scratch
from course.session import Session
from course.warm.client import Nursery, available
from course.warm.imports import imports_of

# From a folder and variables for the environment to a session.
Source = Callable[[Path, dict[str, str]], AbstractContextManager[Session]]


@contextmanager
def session_source(notebooks: Iterable[NotebookNode], *, cold: bool = False) -> Iterator[Source]:
    """Yield a function that opens sessions for some notebooks.

    Parameters
    ----------
    notebooks : iterable of NotebookNode
        Our own notebooks: what they import is imported once, before the first session.
    cold : bool
        Start afresh each time.
    """
    imports = imports_of(notebooks)
    if cold or not available():
        yield lambda folder, environment: cold_session(imports, folder, None, environment)
        return
    with Nursery(imports) as nursery:
        yield nursery.session


@contextmanager
def cold_session(
    imports: Iterable[str],
    folder: Path,
    bounds: Bounds | None = None,
    environment: dict[str, str] | None = None,
) -> Iterator[Session]:
    """Open a session in a warm process of its own, whose second fork is the judge.

    Where there is no fork it is a fresh kernel, and the tests run in it.
    """
    if not available():
        from course.examining.fresh import open_session

        with open_session(folder, environment) as session:
            yield session
        return
    with (
        Nursery(imports, bounds=bounds, fresh=True) as nursery,
        nursery.session(folder, environment) as session,
    ):
        yield session


@contextmanager
def session_for(
    section: Section, source: Source, environment: dict[str, str] | None = None
) -> Iterator[Session]:
    """Open a session in a folder that holds the section's own files and nothing else."""
    with (
        folder_of(section_files(section)) as folder,
        source(folder, environment or {}) as session,
    ):
        yield session


def section_files(section: Section) -> dict[str, bytes]:
    """Return the section's own files that its cells may read, by relative path."""
    found = {}
    for path in sorted(section.folder.rglob("*")):
        parts = path.relative_to(section.folder).parts
        if path.is_file() and not any(no_extra_file("", [part]) for part in parts):
            found["/".join(parts)] = path.read_bytes()
    return found


@contextmanager
def folder_of(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a temporary folder that holds these files and nothing else."""
    with Scratch("session") as folder:
        for name, data in files.items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield Path(folder)
