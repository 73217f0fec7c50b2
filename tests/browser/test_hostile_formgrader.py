"""Hostile submissions in formgrader and in JupyterLab itself: nothing of them runs or calls."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from tests.browser.conftest import serve_lab
from tests.browser.notebook import settle_lab, wait_until
from tests.builders import make_course
from tests.hostile.batch import graded_once
from tests.hostile.case import WORDS
from tests.hostile.corpus import GROUPS
from tests.hostile.making import as_bytes, cell_of, released
from tests.hostile.reaching import words
from tests.pictures import HTML, PNG, SVG
from tests.stock import nbgrader

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

ROOT = Path(__file__).resolve().parents[2]
SECTION, NOTEBOOK = WORDS.section, WORDS.notebook
LOADED = "() => document.readyState === 'complete' && window.jQuery && jQuery.active === 0"
# All that may stand in a notebook's own part of the page, with all attributes that may.
STRANGE = """() => [...document.querySelectorAll("#notebook-container *")].filter(e =>
    ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "SVG", "LINK", "STYLE", "META", "BASE", "FORM", "A",
     "VIDEO", "AUDIO", "MATH"].includes(e.tagName.toUpperCase())
    || (e.tagName === "BUTTON" && !e.closest(".scoring-buttons"))
    || (e.tagName === "IMG" && !/^data:image\\/(png|jpeg|gif);base64,/.test(e.src))
    || [...e.attributes].some(a => a.name.startsWith("on") || a.name === "srcdoc")
).map(e => e.outerHTML.slice(0, 200))"""
IS_OPEN = """() => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    return panel?.content?.widgets?.length && panel.isVisible;
}"""
LINKS = """() => [...document.querySelectorAll(".jp-Notebook a[href], .jp-Notebook img[src]")]
    .map(e => e.getAttribute("href") || e.getAttribute("src"))
    .filter(u => !/^(data:image\\/(png|jpeg|gif);|blob:|#)/.test(u))"""


@dataclass
class Watched:
    """A page, what it said in dialogs, and what it asked for."""

    page: object
    address: str
    dialogs: list[str] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        wait_until(self.page, LOADED)
        self.page.wait_for_timeout(150)  # what a broken picture sets off comes later

    def answer(self, dialog: object) -> None:
        """Note a dialog down; JupyterLab's own, of a page that is left, is none of a student's."""
        if dialog.type == "beforeunload":
            dialog.accept()
        else:
            self.dialogs.append(dialog.message)
            dialog.dismiss()

    def check(self) -> None:
        """See that nothing ran, nobody else was called, and no kernel was asked for."""
        assert self.dialogs == [] and not self.page.evaluate("window.ran")
        assert [u for _, u in self.requests if not u.startswith((self.address, "data:"))] == []
        paths = {(method, urlsplit(url).path) for method, url in self.requests}
        odd = ("/api/", "/logout", "/track.png")
        assert not [p for p in paths if p[1].startswith(odd) or p[1].endswith("gradebook.db")]
        assert not [path for path in paths if path[0] != "GET"]


@pytest.fixture
def watch(page):
    """Return a function that begins to watch the page on a server."""

    def begin(address: str, token: str) -> Watched:
        watched = Watched(page, address)
        # Formgrader's own template asks a network for MathJax.
        page.route("**://cdnjs.cloudflare.com/**", lambda route: route.abort())
        page.goto(f"{address}/formgrader/manage_students?token={token}")
        wait_until(page, LOADED)
        page.on("request", lambda r: watched.requests.append((r.method, r.url)) if _own(r) else 0)
        page.on("dialog", watched.answer)
        return watched

    return begin


def _own(request) -> bool:
    return "cdnjs.cloudflare.com" not in request.url


def submissions(page, address: str) -> dict[str, str]:
    """Return the students and the ids of their submissions, as formgrader lists them."""
    found = page.request.get(f"{address}/formgrader/api/submitted_notebooks/{SECTION}/{NOTEBOOK}")
    return {one["student"]: one["id"] for one in json.loads(found.text())}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the corpus' course of words, without our configuration, as `course grade` left it."""
    return graded_once(GROUPS["words"].batch, tmp_path_factory).ground.course


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory):
    """Return the address at which an instructor opens that course."""
    folder = tmp_path_factory.mktemp("lab")
    settle_lab(folder / "config")
    with serve_lab(course.root, folder, instructor=True) as address:
        yield address


def check_lists(watched: Watched) -> None:
    """See that nothing runs on any of formgrader's lists, and that each is filled."""
    names = [quote(case.id, safe="") for case in words.NAMED]
    lists = [f"manage_students/{name}" for name in names]
    lists += [f"manage_students/{name}/{SECTION}" for name in names]
    lists += [f"gradebook/{SECTION}/{NOTEBOOK}", f"manage_submissions/{SECTION}"]
    for path in [*lists, "manage_students", "gradebook", f"gradebook/{SECTION}"]:
        watched.open(f"/formgrader/{path}")
        watched.check()
        assert watched.page.locator("#main-table", has_text="Loading").count() == 0, path


def test_what_course_grade_has_graded_is_harmless_in_formgrader(graded, page, watch, token):
    watched = watch(graded, token)
    found = submissions(page, graded)
    assert {case.id for case in words.CASES} <= set(found)
    for student, submission in found.items():
        watched.open(f"/formgrader/submissions/{submission}/")
        assert page.locator(".nbgrader_cell").count() == 3, student
        assert page.evaluate(STRANGE) == [], student
        watched.check()
    pictures = page.locator("#notebook-container img")
    watched.open(f"/formgrader/submissions/{found['attaches-pictures']}/")
    assert pictures.count() == 2 and pictures.first.evaluate("e => e.naturalWidth") == 8
    watched.open(f"/formgrader/submissions/{found['says-honestly']}/")
    assert page.locator("#notebook-container em").all_inner_texts() == ["kernel"]
    check_lists(watched)


def test_what_course_grade_has_graded_is_harmless_in_jupyterlab_itself(graded, page, watch, token):
    watched = watch(graded, token)
    for student in ("says-formula", "says-diagram", "stores-active"):
        path = f"autograded/{student}/{SECTION}/{NOTEBOOK}.ipynb"
        page.goto(f"{graded}/lab/tree/{path}?token={token}")
        wait_until(page, IS_OPEN, timeout=120_000)
        page.wait_for_timeout(2_000)  # MathJax and Mermaid come late
        assert watched.dialogs == [] and not page.evaluate("window.ran")
        assert page.evaluate(LINKS) == [], student
        assert page.locator(".jp-Notebook .jp-RenderedMermaid").count() == 0


@pytest.mark.parametrize("start", ["in the course", "above it"])
def test_its_lists_are_harmless_in_a_plain_jupyterlab_by_our_configuration(
    course, jupyter, page, watch, token, start
):
    config = course.root / "nbgrader_config.py"
    before = config.read_text(encoding="utf-8")
    config.write_text((ROOT / "nbgrader_config.py").read_text(encoding="utf-8"), encoding="utf-8")
    try:
        with jupyter(course.root if start == "in the course" else course.root.parent) as address:
            watched = watch(address, token)
            if start == "above it":  # as "Open course" does
                path = quote(str(course.root), safe="")
                page.goto(f"{address}/formgrader/?path={path}")
                wait_until(page, LOADED)
                watched.requests.clear()
            check_lists(watched)
            found = submissions(page, address)
            name = words.NAMED[0].id
            watched.open(f"/formgrader/submissions/{found[name]}/")
            assert page.locator(".nbgrader_cell").count() == 3
            assert page.evaluate(STRANGE) == []
            watched.check()
    finally:
        config.write_text(before, encoding="utf-8")


def _hostile():
    """Return a notebook with all of it at once, as a student hands it in to stock nbgrader."""
    nb = released(WORDS)
    said = "\n\n".join((words.SCRIPT, words.IMAGE, "![a](attachment:nothing.png)"))
    cell_of(nb, "why").source = f"{said}\n\n[a](javascript:alert(1)) ![b](attachment:b)"
    cell_of(nb, "why").attachments = {"b": {"image/png": PNG}, "c": {"image/svg+xml": SVG}}
    code = f"from IPython.display import *\nHTML({words.SCRIPT!r})"
    shown = {"text/html": words.SCRIPT, "image/svg+xml": words.SCRIPT, "image/png": HTML}
    nb.cells += [
        new_markdown_cell(words.SCRIPT, metadata={"tags": [words.IMAGE]}),
        new_raw_cell(words.SCRIPT, metadata={"raw_mimetype": "text/html"}),
        new_code_cell(code, outputs=[new_output("display_data", data=shown)]),
        new_code_cell(f"display(Javascript('alert(1)'), SVG({words.SCRIPT!r}))"),
        new_code_cell(f"raise type({words.IMAGE!r}, (Exception,), {{}})({words.SCRIPT!r})"),
    ]
    nb.cells[2].source += words.IMAGE  # a lesson cell, which nbgrader does not lock
    nb.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    return nb


def test_what_stock_nbgrader_shows_is_harmless_by_our_configuration(
    tmp_path, jupyter, page, watch, token
):
    root = tmp_path / "course"
    root.mkdir()
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    course = make_course(root, {SECTION: {NOTEBOOK: WORDS.cells}}, config=config)
    for student in ("eve", "old"):
        folder = course.submitted(student, SECTION)
        folder.mkdir(parents=True)
        (folder / f"{NOTEBOOK}.ipynb").write_bytes(as_bytes(_hostile()))
        (folder / "page.HTML").write_text(words.SCRIPT, encoding="utf-8")
    nbgrader(root, f"generate_assignment {SECTION}", f"autograde {SECTION}")
    written = course.autograded("eve", SECTION)
    assert [path.name for path in written.iterdir()] == [f"{NOTEBOOK}.ipynb"]
    nb = nbformat.read(written / f"{NOTEBOOK}.ipynb", as_version=4)
    assert not [c for c in nb.cells if c.cell_type != "code" and "<script" in c.source]
    # As an earlier version, or another nbgrader, has left it.
    path = course.autograded("old", SECTION) / f"{NOTEBOOK}.ipynb"
    path.write_bytes(as_bytes(_hostile()))
    (path.parent / "page.html").write_text(words.SCRIPT, encoding="utf-8")
    with jupyter(root, instructor=True) as address:
        watched = watch(address, token)
        found = submissions(page, address)
        for student in ("eve", "old"):
            watched.open(f"/formgrader/submissions/{found[student]}/")
            assert page.locator(".nbgrader_cell").count() == 3
            strange = page.evaluate(STRANGE)
            assert strange == [], student
            assert "A hint of ours" in page.locator("details summary").all_inner_texts()
            watched.check()
        page.goto(f"{address}/formgrader/submissions/{found['old']}/page.html")
        page.wait_for_timeout(300)
        assert watched.dialogs == []
    nbgrader(root, f"generate_feedback {SECTION}")
    for shown in root.glob(f"feedback/*/{SECTION}/*.html"):
        page.goto(shown.as_uri())
        page.wait_for_timeout(300)
        assert watched.dialogs == [] and not page.evaluate("window.ran")


def test_without_configuration_and_in_plain_jupyterlab_it_runs(
    tmp_path, jupyter, page, watch, token
):
    """The test sees what it looks for."""
    root = tmp_path / "course"
    root.mkdir()
    course = make_course(root, {SECTION: {NOTEBOOK: WORDS.cells}})
    nbgrader(root, f"generate_assignment {SECTION}")
    folder = course.submitted("eve", SECTION)
    folder.mkdir(parents=True)
    shutil.copy(course.release(SECTION) / f"{NOTEBOOK}.ipynb", folder)
    nbgrader(root, f"autograde {SECTION}")
    nb = _hostile()
    cell_of(nb, "why").source = words.IMAGE
    (course.autograded("eve", SECTION) / f"{NOTEBOOK}.ipynb").chmod(0o644)
    (course.autograded("eve", SECTION) / f"{NOTEBOOK}.ipynb").write_bytes(as_bytes(nb))
    with jupyter(root) as address:
        watched = watch(address, token)
        watched.open(f"/formgrader/submissions/{submissions(page, address)['eve']}/")
        assert watched.dialogs and page.evaluate("window.ran") == 1
