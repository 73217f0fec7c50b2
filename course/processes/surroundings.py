"""What a process that runs lessons or answers is given of the user's own environment.

Whoever sets KERAS_BACKEND, has a keras.json or a matplotlibrc, starts Python with -O or keeps a
helpers.py on PYTHONPATH means other work than this. So the environment is built up from nothing,
the home folder is an empty one, and each variable that comes from outside has its reason here.
"""

from __future__ import annotations

import importlib.util
import os
import site
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from course.beside import PLACE
from course.scratch import Scratch

# What a machine may need for Python and its libraries to start at all, or to find a place.
NEEDED = (
    "PATH",  # programs, as Graphviz's dot
    "LD_LIBRARY_PATH",  # where conda, Nix and the modules of a cluster keep libraries
    # Without these no program starts on Windows, or finds its user's folders.
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT"),
    *("APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "NUMBER_OF_PROCESSORS"),
)
# What a lesson may use beyond that when it is run to be read: it is not graded then.
ALLOWED = (
    *("CUDA_VISIBLE_DEVICES", "CUDA_HOME", "NVIDIA_VISIBLE_DEVICES"),  # which GPU, if any
    *("TF_CPP_MIN_LOG_LEVEL", "TF_FORCE_GPU_ALLOW_GROWTH"),  # says less, takes less of it
    *("VISION_COURSE_MODELS", "XDG_RUNTIME_DIR"),  # folders of ours
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE"),  # weights are downloaded
    *("http_proxy", "https_proxy", "no_proxy"),
)
# What a lesson expects. Text is UTF-8 and numbers have points, whatever the user's language.
CHOSEN = {
    "KERAS_BACKEND": "tensorflow",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "LANG": "C.UTF-8",
}
# What of a user's environment spoils a lesson in JupyterLab, which needs all the rest of it.
SPOILING = ("PYTHON", "KERAS_", "MPLBACKEND", "MATPLOTLIBRC", "TF_USE_LEGACY_KERAS")
HARMLESS = ("PYTHONUTF8", "PYTHONIOENCODING", "PYTHONPYCACHEPREFIX", "KERAS_HOME")

# The folder of temporary files within a home folder. What multiprocessing puts there are sockets,
# for whose paths macOS takes 103 bytes, and its own folder of temporary files has half of them.
TEMPORARY = "t"
SOCKET, LONGEST = len("/pymp-xxxxxxxx/listener-xxxxxxxx"), 103
# Where these are, everything is that was installed along with them.
LIBRARIES = ("numpy", "IPython", "keras")


def for_grading(home: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables of a process that runs answers.

    Parameters
    ----------
    home : str
        A folder that holds nothing of the user's.
    more : mapping, optional
        Further variables, which win.
    """
    return _kept(NEEDED) | CHOSEN | _at_home(home) | _own_code() | dict(more or {})


def for_lessons(root: Path, home: str) -> dict[str, str]:
    """Return the variables of a kernel that runs a lesson of the course in `root`.

    The course's own modules can be imported, and what earlier runs have kept is found again:
    pictures, trained models, downloaded weights, Matplotlib's list of fonts.
    """
    found = _kept(NEEDED + ALLOWED) | CHOSEN | _at_home(home)
    return found | {"XDG_CACHE_HOME": str(cache_folder())} | _paths(root, found.get("PATH", ""))


def for_jupyter(root: Path) -> dict[str, str]:
    """Return the variables of a JupyterLab for the course in `root`: the user's, less a few."""
    found = {
        name: value
        for name, value in os.environ.items()
        if name in HARMLESS or not name.startswith(SPOILING)
    }
    return found | {"KERAS_BACKEND": CHOSEN["KERAS_BACKEND"]} | _paths(root, found.get("PATH", ""))


def cache_folder() -> Path:
    """Return the user's own folder for what programs keep."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named)
    with suppress(RuntimeError):
        return Path.home() / ".cache"
    return Path(tempfile.gettempdir(), ".cache")  # a user without a home


def lists_of_fonts() -> list[Path]:
    """Return Matplotlib's lists of fonts, which take long to make and change no picture of ours."""
    named = os.environ.get("MPLCONFIGDIR")
    folder = Path(named) if named else cache_folder() / "matplotlib"
    return sorted(folder.glob("fontlist-*.json"))


class Home(Scratch):
    """An empty home folder for processes without a sandbox; `name` is its path.

    Their temporary files go with it: TensorFlow leaves a module of each traced function.

    Parameters
    ----------
    keeps : bool
        Show in it what the user's libraries have kept: downloaded weights, on macOS caches.
    """

    def __init__(self, *, keeps: bool = False) -> None:
        super().__init__("home")
        Path(self.name, TEMPORARY).mkdir()
        fonts = Path(self.name, ".cache", "matplotlib")
        fonts.mkdir(parents=True)
        links = {fonts / path.name: path for path in lists_of_fonts()}
        if keeps:
            for name, path in _kept_folders().items():
                links[Path(self.name, name)] = path
        with suppress(OSError):  # Windows gives links to few; then all is fetched or made anew
            for link, path in links.items():
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path)


def _kept_folders() -> dict[str, Path]:
    """Return what libraries keep and configure nothing by, by its place in a home folder."""
    try:
        home = Path.home()
    except RuntimeError:  # a user without one
        return {}
    models = Path(os.environ.get("KERAS_HOME") or home / ".keras", "models")
    found = {".keras/models": models, "Library/Caches": home / "Library" / "Caches"}
    return {name: path for name, path in found.items() if path.is_dir()}


def _at_home(home: str) -> dict[str, str]:
    temporary = str(Path(home, TEMPORARY))
    if len(os.fsencode(temporary)) + SOCKET > LONGEST:
        temporary = tempfile.gettempdir()
    found = {"HOME": home, "TMPDIR": temporary, **_user_site()}
    if os.name == "nt":
        found |= {"USERPROFILE": home, "TEMP": temporary, "TMP": temporary}
    return found


def _user_site() -> dict[str, str]:
    """Have packages found that were installed for this user alone; otherwise no such place is."""
    if site.ENABLE_USER_SITE:
        folder = Path(site.getusersitepackages())
        origins = [spec.origin for spec in map(importlib.util.find_spec, LIBRARIES) if spec]
        if any(Path(origin).is_relative_to(folder) for origin in filter(None, origins)):
            return {"PYTHONUSERBASE": site.getuserbase()}
    return {"PYTHONNOUSERSITE": "1"}


def _kept(names: tuple[str, ...]) -> dict[str, str]:
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def _own_code() -> dict[str, str]:
    """Say where our packages are, where Python does not find them by itself: in a checkout."""
    return {} if PLACE.is_relative_to(sys.prefix) else {"PYTHONPATH": str(PLACE)}


def _paths(root: Path, known: str) -> dict[str, str]:
    """Have modules found in the course's root, and nbgrader its program alembic."""
    modules, programs = [str(root), *_own_code().values()], [str(Path(sys.executable).parent)]
    return {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(modules)),
        "PATH": os.pathsep.join(filter(None, [*programs, known])),
        # Jupyter's debugger otherwise warns about frozen modules on every start.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
