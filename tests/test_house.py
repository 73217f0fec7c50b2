"""The house: imports go down the floors of pyproject.toml, and through the rooms' doors.

Of helpers/ students see the nouns of the lessons.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import helpers

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "course"
HELPERS = ROOT / "helpers"
NOUNS = [name for name in helpers.__all__ if name not in ("predict", "setup")]
ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))
GROUND = (
    "beside cli console deferred errors faults files folder health once scratch sections session"
    " syllabus_words"
)
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

rooms = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)


def lint(folder: Path) -> subprocess.CompletedProcess:
    """Hold a folder's ``course/`` and ``helpers/`` to its pyproject.toml."""
    line = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the room and the name of what a module imports from it; no name for the room itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course."):
            _, room, *inside = node.module.split(".")
            yield from ((room, inside[0] if inside else name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "course":
            yield from ((name.name, "") for name in node.names)
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("course."):
                    _, room, *inside = name.name.split(".")
                    yield room, inside[0] if inside else ""


@cache
def all_imports() -> list[tuple[Path, str, str]]:
    """Return the imports of all modules: module, room and name."""
    modules = [*sorted(PACKAGE.rglob("*.py")), ROOT / "vision_course.py"]
    return [(path, room, name) for path in modules for room, name in imports(path)]


def promised(room: Path) -> list[str]:
    """Return what a room hands on."""
    tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    return ast.literal_eval(value)


def test_imports_go_down_and_never_in_a_circle():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("place", "line", "named"),
    [
        ("course/errors.py", "import course.grading.grade", "course.errors -> course.grading"),
        ("course/warm/wanted.py", "from course.proof import promises", "course.warm.wanted -> "),
        (
            "course/notebook/syntax.py",
            "from course.notebook import mistakes",
            ".syntax -> .mistakes",
        ),
        ("course/unplaced.py", "", "course.unplaced"),
        ("helpers/metrics.py", "from helpers.plotting import style", "helpers.metrics -> "),
        ("helpers/models/layers.py", "import helpers.making.search", "layers -> helpers.making"),
        ("helpers/unplaced.py", "", "helpers.unplaced"),
    ],
    ids=["up", "room-up", "circle", "unplaced", "helper-up", "making", "helper-unplaced"],
)
def test_an_import_that_goes_astray_is_named(tmp_path, place, line, named):
    for path in (*PACKAGE.rglob("*.py"), *HELPERS.rglob("*.py")):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    with open(tmp_path / place, "a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1 and named in done.stdout, done.stdout


def test_the_top_floor_is_the_ground_and_the_command():
    assert " ".join(sorted(path.stem for path in PACKAGE.glob("[!_]*.py"))) == GROUND


@rooms
def test_other_rooms_use_only_what_a_room_hands_on(room):
    handed_on = promised(room)
    astray = [
        f"{path.relative_to(ROOT)} imports {room.name}.{name}"
        for path, place, name in all_imports()
        if place == room.name and room not in path.parents and name not in [*handed_on, ""]
    ]
    assert astray == []


@rooms
def test_a_room_hands_on_only_what_somebody_uses(room):
    used = {
        name
        for path, place, name in all_imports()
        if place == room.name and room not in path.parents
    }
    assert "" in used or set(promised(room)) <= used


@rooms
def test_a_room_says_what_comes_in_what_goes_out_and_who_calls_it(room):
    told = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    words = " ".join(told.split())
    assert "In come" in words and "; out go" in words
    assert any(f"`{caller.name}`" in words for caller in ROOMS) or "course.cli" in words


def taken(notebook: Path) -> set[str]:
    """Return the parts of helpers that a notebook imports."""
    cells = nbformat.read(notebook, as_version=4).cells
    found = set()
    for cell in (cell for cell in cells if cell.cell_type == "code"):
        for node in ast.walk(ast.parse(re.sub("(?m)^[%!].*", "", cell.source))):
            if isinstance(node, ast.ImportFrom) and node.module == "helpers":
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= part(node.module or "")
            elif isinstance(node, ast.Import):
                found |= {each for name in node.names for each in part(name.name)}
    return found


def part(module: str) -> set[str]:
    """Return the part of helpers that a module lies in, if it lies in one."""
    top, _, rest = module.partition(".")
    return {rest.partition(".")[0]} if top == "helpers" and rest else set()


def test_what_lessons_import_of_helpers_is_what_students_see():
    seen = set().union(*map(taken, sorted((ROOT / "source").glob("*/*.ipynb"))))
    assert seen == set(helpers.__all__) == set(dir(helpers))


def test_each_noun_is_told_in_a_line():
    told = re.findall(r"^- ``(\w+)``: .+\.$", helpers.__doc__, re.MULTILINE)
    assert told == NOUNS == sorted(NOUNS)


def test_a_noun_is_imported_when_it_is_first_asked_for():
    code = (
        "import helpers, json, sys; nouns = set(sys.argv[1:]);"
        "early = [n for n in nouns if f'helpers.{n}' in sys.modules];"
        "late = [n for n in nouns if getattr(helpers, n) is not sys.modules[f'helpers.{n}']];"
        "print(json.dumps([early, late, 'keras' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code, *NOUNS], capture_output=True, text=True)
    assert json.loads(done.stdout) == [[], [], False]


@pytest.mark.parametrize("name", ["reference", "layers"])
def test_a_model_is_imported_when_it_is_first_asked_for(name):
    code = (
        f"import sys; from helpers import models; assert 'helpers.models.{name}' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", f"{code}; models.{name}"], capture_output=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", [helpers, helpers.models], ids=["helpers", "models"])
def test_what_is_no_noun_is_no_attribute(package):
    assert not hasattr(package, "roofs")
