"""Where sessions come from: forks of a warm process, or a fresh kernel each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from nbformat import NotebookNode

from course.folder import KEPT_BACK, Section
from course.session import Session, open_session
from course.warm.client import Nursery, available, imports_of

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
        Take a fresh kernel each time, as where there is no fork.
    """
    if cold or not available():
        yield open_session
        return
    with Nursery(imports_of(notebooks)) as nursery:
        yield nursery.session


@contextmanager
def session_for(
    section: Section, source: Source, environment: dict[str, str] | None = None
) -> Iterator[Session]:
    """Open a session in a folder that holds the section's own files and nothing else."""
    with tempfile.TemporaryDirectory(prefix="course-session-") as folder:
        hide = shutil.ignore_patterns("*.ipynb", *KEPT_BACK, ".*", "__pycache__")
        shutil.copytree(section.folder, folder, ignore=hide, dirs_exist_ok=True)
        with source(Path(folder), environment or {}) as session:
            yield session
