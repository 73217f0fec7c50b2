"""`course lab`: JupyterLab on a student's own copy of release/, or on the course itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from course.errors import FOUND, CourseError
from course.folder import Course
from course.lab.progress import standing
from course.lab.start import NAME as START
from course.lab.start import write_start
from course.lab.working_copy import refresh
from course.processes.surroundings import for_jupyter
from course.warm.owned import start_owned, usable
from course.warm.provisioner import default_imports
from course.warm.runtime import Refused

WORK = "work"
FORMGRADER = "nbgrader.server_extensions.formgrader"
SETTINGS = Path(__file__).parent / "settings"
HARDENED = "course.harmless.formgrader"


def lab(
    course: Course,
    *,
    instructor: bool = False,
    port: int = 8888,
    browser: bool = True,
    arguments: list[str] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> int:
    """Start JupyterLab and return its exit code when it ends.

    Parameters
    ----------
    course : Course
    instructor : bool
        Open the course's root with nbgrader's formgrader, instead of ``work/``.
    port : int
        JupyterLab takes the next free one when it is in use.
    browser : bool
        Open a browser window.
    arguments : list of str, optional
        Given to JupyterLab as they are.
    say : callable
        Told what is new, in sentences.

    Raises
    ------
    CourseError
        When nothing is released yet, or JupyterLab or formgrader cannot start.
    """
    arguments = arguments or []
    _check_root(arguments)
    if instructor:
        from course.doctor.probes import formgrader_trouble

        if trouble := formgrader_trouble():
            raise CourseError(
                f"formgrader would not show: {trouble}.",
                "Install nbgrader in this environment; `course doctor` shows more.",
                code=FOUND,
            )
        folder = course.root
    else:
        folder = prepare(course, say)
    say(f"JupyterLab opens {folder}. Ctrl-C ends it.")
    variables = for_jupyter(course.root)
    if not instructor:
        variables |= for_students(variables)
    variables |= _warm_kernels(variables)
    return _start(command(folder, instructor, port, browser, arguments), course.root, variables)


def prepare(course: Course, say: Callable[[str], None] = lambda text: None) -> Path:
    """Bring ``work/`` up to date with the release, say what is new, and return the folder.

    Its ``START.ipynb`` tells how far the student is.

    Raises
    ------
    CourseError
        When nothing is released.
    """
    release = course.release("x").parent
    if not any(release.glob("*/*.ipynb")):
        raise CourseError(
            f"There is nothing to open: {release} holds no notebook.",
            "Make the student versions with `course release`, or use --instructor.",
            code=FOUND,
        )
    work = course.root / WORK
    for change in refresh(release, work):
        say(str(change))
    standings = (standing(course, section, work) for section in course.sections)
    write_start(work, [one for one in standings if one is not None])
    return work


def command(
    folder: Path, instructor: bool, port: int, browser: bool, arguments: list[str]
) -> list[str]:
    """Return the command that starts JupyterLab."""
    line = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", f"--port={port}"]
    if instructor:
        # Also where somebody has disabled it for themselves.
        extensions = (HARDENED, FORMGRADER)
        line += [f"--ServerApp.jpserver_extensions={name}=True" for name in extensions]
    else:
        line.append(f"--LabApp.default_url=/lab/tree/{START}")
    if not browser:
        line.append("--no-browser")
    return line + arguments


def for_students(variables: dict[str, str]) -> dict[str, str]:
    """Return the variables by which JupyterLab shows students nothing that is for instructors.

    Nbgrader's menus and panels make and mark assignments; Jupyter's news are for nobody in class.
    What students have set for themselves counts as before.
    """
    path = variables.get("JUPYTER_CONFIG_PATH", "")
    return {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, [path, str(SETTINGS)]))}


def _check_root(arguments: list[str]) -> None:
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    if is_root and not any(a.startswith("--allow-root") for a in arguments):
        raise CourseError(
            "JupyterLab does not start for root: its users could do anything on this machine.",
            "Use another account, or insist: course lab -- --allow-root.",
        )


def _warm_kernels(variables: dict[str, str]) -> dict[str, str]:
    """Begin to import while JupyterLab and the browser start; it ends with JupyterLab.

    Returns the variables by which notebooks for the kernel python3 open warm.
    """
    if not usable():
        return {}
    try:
        return start_owned(default_imports(), variables)[1]
    except Refused:  # kernels then start as ever; `course doctor` says why
        return {}


def _start(line: list[str], root: Path, variables: dict[str, str]) -> int:
    """Hand this process over to JupyterLab, so that signals reach it and nothing else."""
    os.chdir(root)  # formgrader reads nbgrader_config.py there
    if os.name == "nt":  # exec there starts a second process and ends this one at once
        return subprocess.run(line, env=variables, check=False).returncode
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(line[0], line, variables)
