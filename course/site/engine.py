"""Sphinx, in a process of its own: a folder of Markdown becomes a folder of pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from course.beside import PLACE
from course.errors import FOUND, CourseError

NEEDED = ("sphinx", "myst_parser", "furo")
THEME = Path(__file__).with_name("theme")
# What Sphinx and the theme leave out for those who use a page by keys or by ear: the level of a
# heading, and a place to stop at in whatever may be wider than the screen.
TOUCHES = (
    (' role="heading">', ' role="heading" aria-level="2">'),
    ('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
)
# What Sphinx leaves beside the pages, for itself or for other projects.
LEFT = (".buildinfo", ".doctrees", "_sources", "objects.inv")


def demand() -> None:
    """Raise a `CourseError` where what makes the pages is not installed."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise CourseError(
            f"`course site` needs {', '.join(missing)}.",
            "Install what makes the pages: pip install 'vision-course[site]', or `make setup`.",
        )


def make_pages(source: Path, out: Path, title: str) -> None:
    """Have Sphinx make pages; a warning of its is an error.

    Parameters
    ----------
    source : Path
        The Markdown, with an ``index.md``, and in ``extra/`` what is copied as it is. Settings and
        style sheet are put beside it.
    out : Path
    title : str
        Of the site.

    Raises
    ------
    CourseError
        With what Sphinx says.
    """
    shutil.copy(THEME / "conf.py", source)
    shutil.copytree(THEME / "_static", source / "_static")
    (source / "about.json").write_text(json.dumps({"title": title}), encoding="utf-8")
    line = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "-E", "."]
    # Our packages are those beside this one, and no setting of the user's changes a page.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SPHINX", "PYTHON"))}
    environment |= {"PYTHONPATH": str(PLACE), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [*line, str(out)],
        cwd=source,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        said = done.stdout.replace(f"{source}{os.sep}", "").strip()
        raise CourseError(
            f"Sphinx finds fault with the pages:\n{said[-4000:]}\n",
            "Fix the lesson or the page of docs/ that it names.",
            code=FOUND,
        )
    for name in LEFT:
        path = out / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for before, after in TOUCHES:
            text = text.replace(before, after)
        page.write_text(text, encoding="utf-8")
