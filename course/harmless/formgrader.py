"""What stock nbgrader shows of submissions, made harmless: formgrader, autograde and its pages.

Formgrader shows whatever is in ``autograded/``, on the origin from which kernels can be started.
`Harmless` is named in ``nbgrader_config.py``, so it works wherever that is read: on what
``nbgrader autograde`` writes, and on what formgrader and ``nbgrader generate_feedback`` are about
to show, whoever graded it and when. The rest of formgrader (lists of names, files beside a
notebook) has no such setting: `harden` mends it in the server that ``course lab --instructor``
starts, and in every other whose formgrader reads our ``nbgrader_config.py``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader
from jinja2.ext import Extension
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool, Unicode

from course.harmless.executed import make_harmless, own_texts
from course.harmless.shown import is_slow_to_colour

# As formgrader's templates write them: var student_id = "{{ student_id }}";
IN_SCRIPT = re.compile(r'(?<== )"\{\{ ([\w.]+) \}\}";')
SANDBOX = "sandbox; default-src 'none'"
SHOWN = ("student", "first_name", "last_name", "notebook_path")  # raw in formgrader's template


class Harmless(Preprocessor):
    """Takes out of a notebook what could be active; the lesson's own Markdown stays as it is."""

    enabled = Bool(True, help="Whether to do so.").tag(config=True)
    source = Unicode("", help="The folder of the source notebooks, where it is not source/.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Return the notebook without anything active, and names that are text in HTML."""
        if resources.get("harmless"):  # named in the configuration as well
            return nb, resources
        resources["harmless"] = True
        marks = resources.get("nbgrader") or {}
        section = resources.get("assignment_id") or marks.get("assignment")
        name = resources.get("notebook_id") or marks.get("notebook")
        folder = self.source or _source_beside(resources)
        make_harmless(nb, _own_texts(Path(folder, section or "", f"{name}.ipynb")))
        for key in SHOWN:
            if isinstance(resources.get(key), str):
                resources[key] = escape(resources[key])
        return nb, resources


class Colours(Highlight2HTML):
    """Colours code, but for what was made to keep it busy."""

    def __call__(self, source: str, language: str | None = None, metadata: Any = None) -> str:
        """Return code as HTML."""
        if is_slow_to_colour(source):
            return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
        return super().__call__(source, language=language, metadata=metadata)


class HarmlessExporter(HTMLExporter):
    """Formgrader's exporter, whatever the course's own configuration says."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.sanitize_html = True
        self.exclude_anchor_links = True  # a heading's id could be that of a score
        self.register_preprocessor(Harmless(parent=self), enabled=True)
        # Not IPython's lexer: behind "%%perl" it is Perl's, and the student chooses which.
        colours = Colours(pygments_lexer="python3", parent=self)
        self.filters = self.filters | {"highlight_code": colours}


def _source_beside(resources: Any) -> str:
    """Return the usual place of the source notebooks, from autograded/STUDENT/SECTION."""
    folders = Path(resources.get("metadata", {}).get("path", "")).parents
    return str(folders[2] / "source") if len(folders) > 2 else ""


def _own_texts(path: Path) -> frozenset[str]:
    try:
        return _texts_of(path, path.stat().st_mtime_ns)
    except OSError:  # nothing is known to be ours
        return frozenset()


@lru_cache(maxsize=64)
def _texts_of(path: Path, changed: int) -> frozenset[str]:
    return own_texts(nbformat.read(path, as_version=4).cells)


def harden() -> None:
    """Have formgrader show nothing active, escape every name, and serve files that cannot run.

    It may be running already: what it has made by then is replaced at the next request.
    """
    from nbgrader.server_extensions.formgrader import base, handlers

    base.BaseHandler.exporter = property(_exporter)
    base.BaseHandler.render = _render
    handlers.SubmissionFilesHandler.set_extra_headers = _sandbox


def _exporter(handler: Any) -> HarmlessExporter:
    found = handler.settings["nbgrader_exporter"]
    if not isinstance(found, HarmlessExporter):
        found = handler.settings["nbgrader_exporter"] = HarmlessExporter(config=found.config)
    return found


def _render(handler: Any, name: str, **names: Any) -> str:
    return _templates().get_template(name).render(**names)


@cache
def _templates() -> Environment:
    from nbgrader.server_extensions.formgrader import handlers

    return Environment(
        loader=FileSystemLoader([handlers.template_path]),
        autoescape=True,
        extensions=[Strings],
    )


class Strings(Extension):
    """Writes what stands in a script's string as JavaScript does: O'Neil is no O&#39;Neil there."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template in which each such string is made by ``tojson``."""
        return IN_SCRIPT.sub(r"{{ (\1) | string | tojson }};", source)


def _sandbox(handler: Any, path: str) -> None:
    handler.set_header("Content-Security-Policy", SANDBOX)
    handler.set_header("X-Content-Type-Options", "nosniff")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.harmless.formgrader"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Begin before formgrader does: Jupyter loads extensions in the order of their names."""
    harden()
