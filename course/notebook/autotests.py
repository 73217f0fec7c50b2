"""Tests that nbgrader writes itself: ``### AUTOTEST f(3)`` becomes what the solution gives there.

nbgrader's own `InstantiateTests` does it, in a kernel of its own, when the source is read: at
release, at grading and in `course check` alike. Left as they are, such lines are comments, and
whatever is handed in passes.
"""

from __future__ import annotations

import copy
import json
import logging
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import nbformat
from jupyter_client import KernelClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbgrader.preprocessors import InstantiateTests
from traitlets.config import Config

from course.errors import FOUND, CourseError


def instantiate(nb: NotebookNode, path: Path, config: Config) -> NotebookNode:
    """Return a source notebook with the tests that its directives stand for.

    Parameters
    ----------
    nb : NotebookNode
    path : Path
        The notebook's file: its cells run in the folder there, as the source's do.
    config : Config
        The course's, which names the course's root.

    Raises
    ------
    CourseError
        When there are no templates for tests, or the solution does not run.
    """
    if not asks_for_tests(nb, config):
        return nb
    templates = _templates(path, config)
    text = templates.read_text(encoding="utf-8")
    made = _written(json.dumps(nb), path, templates, text, _Key(config), _beside(path.parent))
    return nbformat.from_dict(json.loads(made))


def asks_for_tests(nb: NotebookNode, config: Config) -> bool:
    """Tell whether some cells leave their tests to nbgrader."""
    directive = InstantiateTests(config=config).autotest_delimiter
    return any(c.cell_type == "code" and directive in c.source for c in nb.cells)


def _beside(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return the files that a solution may read, with times and sizes."""
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):
            status = path.stat()
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _templates(path: Path, config: Config) -> Path:
    """Return the file of templates: of the assignment, else of the course."""
    name = InstantiateTests(config=config).autotest_filename
    places = [path.parent / name, Path(config.CourseDirectory.get("root", "."), name)]
    for place in places:
        if place.is_file():
            return place
    raise CourseError(
        f"{path} asks nbgrader to write tests, and there is no {name} to write them by.",
        f"Put one at {places[1]}; nbgrader's user guide shows it.",
    )


def _failed(path: Path, templates: Path, why: str) -> CourseError:
    what = f"{path}: nbgrader cannot write its tests ({why})."
    return CourseError(what, f"Fix the solution, or {templates}.", code=FOUND)


class _Writer(InstantiateTests):
    """Ends its kernel, also where something fails, and lets go of the sockets to it."""

    _clients: tuple[KernelClient, ...] = ()

    @property
    def kc(self) -> KernelClient | None:
        """The client of its kernel, which nbgrader leaves open."""
        return self._clients[-1] if self._clients else None

    @kc.setter
    def kc(self, client: KernelClient | None) -> None:
        if client is not None:
            self._clients = (*self._clients, client)

    def close(self) -> None:
        """End its kernel, if nbgrader has not."""
        for client in self._clients:
            client.stop_channels()
            if client.parent.has_kernel:
                client.parent.shutdown_kernel(now=True)


class _Key:
    """A configuration as a part of a key: what it says, not which object it is."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._text = repr(config.get("InstantiateTests"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@lru_cache(maxsize=32)
def _written(
    nb: str, path: Path, templates: Path, text: str, key: _Key, beside: tuple[tuple, ...]
) -> str:
    config = copy.deepcopy(key.config)
    config.InstantiateTests.autotest_filename = str(templates.resolve())
    write = _Writer(config=config)
    write.log = logging.Logger("course.notebook.autotests", logging.CRITICAL + 1)
    resources = {"metadata": {"path": str(path.parent)}}
    try:
        done, _ = write.preprocess(nbformat.from_dict(json.loads(nb)), resources)
    except CellExecutionError as error:  # of the solution, or of the templates' own code
        raise _failed(path, templates, f"{error.ename}: {error.evalue}") from None
    except Exception as error:  # YAML's, Jinja's, Jupyter's
        last = (str(error).strip() or type(error).__name__).splitlines()[-1]
        raise _failed(path, templates, last) from None
    finally:
        write.close()
    return json.dumps(done)
