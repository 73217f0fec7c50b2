"""The outer wall: bubblewrap around the warm process.

In there are the system's programs and libraries, Python's environment, this package and
`helpers`, all read-only, and nothing else of the disk. Root becomes nobody first: root's
own number may write to the kernel's settings even without any capability.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

from course.beside import PLACE
from course.errors import FOUND, CourseError
from course.processes.surroundings import for_grading, lists_of_fonts
from course.sandbox.folders import FOLDER, HOME

BWRAP, SETPRIV = "bwrap", "setpriv"
INSTALL = "Install bubblewrap: apt install bubblewrap (or dnf, pacman, apk)."
ELSEWHERE = "Grade on Linux: under Windows in WSL2, under macOS in a virtual machine."
STUDENTS, JUDGES = 65534, 65533  # users with no rights, whom root becomes: one for each wall
USR = Path("/usr")
ROOT_FOLDERS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM = (
    *("/usr", "/nix/store", "/gnu/store", "/sys/devices/system"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"),
    *("/etc/fonts", "/etc/localtime", "/etc/mime.types"),
)


def require() -> None:
    """Refuse where there can be no sandbox.

    Raises
    ------
    CourseError
    """
    if not sys.platform.startswith("linux"):
        raise CourseError("There is no sandbox on this system.", ELSEWHERE, code=FOUND)
    if not shutil.which(BWRAP):
        raise CourseError("There is no sandbox: bubblewrap is missing.", INSTALL, code=FOUND)


def version() -> str:
    """Return bubblewrap's name and version."""
    return subprocess.run([BWRAP, "--version"], capture_output=True, text=True).stdout.strip()


def command(line: list[str], user: int = STUDENTS) -> list[str]:
    """Return the command that runs `line` inside of the outer wall, for root as `user`."""
    view = _view()
    inside = [
        *(BWRAP, *view, "--unshare-all", "--unshare-user", "--hostname", "grader"),
        *("--new-session", "--die-with-parent"),
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
        *("--tmpfs", FOLDER),
        *_fonts(seen=_is_root()),
        *("--remount-ro", "/", "--chdir", "/"),
    ]
    if not _is_root():
        return [*inside, *line]
    # A first bubblewrap shows root's files to nobody, who then builds the wall.
    return [
        *(BWRAP, *view, "--die-with-parent", "--dev-bind", "/dev", "/dev"),
        *_fonts(),
        *("--bind", "/proc", "/proc", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"),
        *(SETPRIV, f"--reuid={user}", f"--regid={user}", "--clear-groups"),
        *(*inside, *line),
    ]


def environment(more: dict[str, str]) -> dict[str, str]:
    """Return the variables that a process in the sandbox is given."""
    here = {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "USER": "student",
        "LOGNAME": "student",
        "TMPDIR": "/tmp",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return for_grading(HOME, here | more)


def shown() -> list[Path]:
    """Return the files and folders of this machine that a process in the sandbox can read."""
    wanted = [Path(path) for path in SYSTEM] + _python() + _packages()
    return [path for path in dict.fromkeys(wanted) if os.path.exists(path)]


def _view() -> list[str]:
    """Return the arguments that show the system, Python and our packages."""
    made = ["--tmpfs", "/tmp"]
    for folder in ROOT_FOLDERS:
        if os.path.islink(folder):
            made += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            made += ["--ro-bind", folder, folder]
    paths = shown()
    # Made beforehand: what bubblewrap makes on the way is for its owner only.
    parents = dict.fromkeys(up for path in paths for up in reversed(path.parents))
    made += [word for folder in parents if folder != Path("/") for word in ("--dir", str(folder))]
    return made + [word for path in paths for word in ("--ro-bind", str(path), str(path))]


def _python() -> list[Path]:
    """Return the folders of the interpreter and of what is installed for it."""
    program = Path(sys.executable).resolve()
    found = [Path(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)]
    found.append(program.parent.parent)
    if site.ENABLE_USER_SITE:
        found.append(Path(site.getusersitepackages()))
    return [path for path in found if path != Path("/") and not path.is_relative_to(USR)]


def _packages() -> list[Path]:
    """Return the folders of our packages, wherever they are imported from; `course` first."""
    found = [PLACE / "course"]
    if helpers := importlib.util.find_spec("helpers"):
        found += [Path(place) for place in helpers.submodule_search_locations or ()]
    return found


def _fonts(*, seen: bool = False) -> list[str]:
    """Return the arguments that put Matplotlib's lists of fonts into the home folder.

    They are never shown where the user keeps them: that may be below /tmp, or in sight of nobody.
    Behind a first wall they have been `seen`: that one has put them where the second one does.
    """
    folder = Path(HOME, ".cache", "matplotlib")
    parents = [up for up in reversed((folder / "x").parents) if up.is_relative_to(FOLDER)]
    made = [word for up in parents for word in ("--dir", str(up))]
    for path in lists_of_fonts():
        place = str(folder / path.name)
        made += ["--ro-bind", place if seen else str(path), place]
    return made


def _is_root() -> bool:
    """Tell whether this is the machine's or the container's root, who can become another."""
    if os.geteuid():
        return False
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        if first <= JUDGES and first + count > STUDENTS:
            return True
    return False
