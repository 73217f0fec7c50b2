"""What `course doctor` looks at, one function each."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path

from course.beside import PLACE
from course.health import RENEW, Probe

PATIENCE = 180  # seconds for TensorFlow on a cold, busy machine
NEEDED_SPACE, WANTED_SPACE = 2**29, 2 * 2**30  # bytes
# First the one without windows: the same pages at half the time.
BROWSERS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)

START_KERNEL = """
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3", startup_timeout=60)
reply = client.execute_interactive("import sys; print(sys.executable)", timeout=60)
client.stop_channels()
manager.shutdown_kernel(now=True)
"""
FIND_FONTS = """
from helpers.plotting.cjk import FILES, register
from matplotlib.font_manager import findSystemFonts
from matplotlib.ft2font import FT2Font

def name(path):
    try:
        face = FT2Font(path)
    except (OSError, RuntimeError):
        return ""
    # Three pictures for three characters: a font of last resort has one box for all.
    found = {face.get_char_index(ord(c)) for c in "人口木"} - {0}
    return face.family_name if len(found) == 3 else ""

register()
if not all(map(name, FILES.values())):
    raise SystemExit("the course's own font lacks characters")
print("own:", next(filter(None, map(name, sorted(findSystemFonts()))), ""))
"""


def look_at_python() -> Probe:
    """Compare with what pyproject.toml demands; installed metadata repeats it."""
    found = platform.python_version()
    with contextlib.suppress(metadata.PackageNotFoundError):
        wanted = metadata.metadata("vision-course")["Requires-Python"] or ""
        low, high = (re.search(rf"{sign}(\d+)\.(\d+)", wanted) for sign in (">=", "<"))
        too_old = low and sys.version_info[:2] < (int(low[1]), int(low[2]))
        too_new = high and sys.version_info[:2] >= (int(high[1]), int(high[2]))
        if too_old or too_new:
            remedy = f"Make the environment again with a Python {wanted}."
            return Probe("Python", "fail", found, remedy)
    return Probe("Python", "ok", found)


def look_at_packages(root: Path | None) -> Probe:
    """Compare the installed packages with requirements.lock."""
    places = [root, PLACE]
    lock = next((p / "requirements.lock" for p in places if p and _has_lock(p)), None)
    if lock is None:
        return Probe("Packages", "ok", "no requirements.lock here to compare with")
    pins = re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    missing, other = [], []
    for name, version in pins:
        try:
            if (found := metadata.version(name)) != version:
                other.append(f"{name} {found} for {version}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Probe("Packages", "fail", f"missing: {_few(missing)}", RENEW)
    if other:
        return Probe("Packages", "warn", f"other versions: {_few(other)}", RENEW)
    return Probe("Packages", "ok", f"all {len(pins)} as in requirements.lock")


def _has_lock(folder: Path) -> bool:
    return (folder / "requirements.lock").is_file()


def look_at_kernel() -> Probe:
    """Start the kernel that the notebooks ask for."""
    began = time.monotonic()
    code, out = run_command([sys.executable, "-c", START_KERNEL])
    if code:
        remedy = "Install it: python -m ipykernel install --sys-prefix."
        return Probe("Jupyter kernel", "fail", f"python3 does not start: {_last(out)}", remedy)
    if (theirs := _last(out)) != sys.executable:
        remedy = "Install the kernel of this one: python -m ipykernel install --sys-prefix."
        return Probe("Jupyter kernel", "warn", f"python3 is another Python: {theirs}", remedy)
    seconds = time.monotonic() - began
    return Probe("Jupyter kernel", "ok", f"python3 starts in {seconds:.1f} s")


def look_at_tensorflow() -> Probe:
    """Import TensorFlow."""
    began = time.monotonic()
    code, out = run_command(
        [sys.executable, "-c", "import tensorflow as tf; print(tf.__version__)"]
    )
    if code:
        return Probe("TensorFlow", "fail", f"cannot be imported: {_last(out)}", RENEW)
    seconds = time.monotonic() - began
    return Probe("TensorFlow", "ok", f"{_last(out)}, imported in {seconds:.0f} s")


def look_at_font() -> Probe:
    """Look at the font of Chinese labels in figures, and for one that a browser can use."""
    code, out = run_command([sys.executable, "-c", FIND_FONTS])
    if code:
        remedy = "Fetch the course's files again: figures show empty boxes without them."
        return Probe("Chinese font", "warn", f"figures have none: {_last(out)}", remedy)
    system = _last(out).removeprefix("own:").strip()
    if not system:
        remedy = "If the browser runs on this machine: apt install fonts-noto-cjk."
        return Probe("Chinese font", "warn", "figures: the course's own; pages: none", remedy)
    return Probe("Chinese font", "ok", f"figures: the course's own; pages: {system}")


def look_at_graphviz() -> Probe:
    """Look for the program that draws models."""
    if dot := shutil.which("dot"):
        return Probe("Graphviz", "ok", _last(run_command([dot, "-V"])[1]))
    remedy = "Only pictures of models need it: apt install graphviz."
    return Probe("Graphviz", "warn", "dot is not installed", remedy)


def find_browser() -> str | None:
    """Return the path of Chromium, or of one of its kin; None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def look_at_chromium() -> Probe:
    """Look for the browser of the tests."""
    if browser := find_browser():
        return Probe("Chromium", "ok", browser)
    remedy = "Only the tests need it: apt install chromium."
    return Probe("Chromium", "warn", "not installed", remedy)


def look_at_formgrader() -> Probe:
    """Ask Jupyter for nbgrader's extensions."""
    trouble = formgrader_trouble()
    if trouble:
        remedy = "Only grading by hand needs it: pip install nbgrader, in this environment."
        return Probe("formgrader", "warn", trouble, remedy)
    return Probe("formgrader", "ok", "enabled in JupyterLab")


def formgrader_trouble() -> str:
    """Return why nbgrader's formgrader would not show in JupyterLab; empty where it would."""
    for command, name in (
        (["server", "extension", "list"], "nbgrader.server_extensions.formgrader"),
        (["labextension", "list"], "@jupyter/nbgrader"),
    ):
        code, out = run_command([sys.executable, "-m", "jupyter", *command])
        plain = re.sub(r"\x1b\[[\d;]*m", "", out)
        lines = [line for line in plain.splitlines() if name in line and "Validating" not in line]
        if code or not any(re.search(r"\b(enabled|OK)\b", line) for line in lines):
            return f"{name} is not enabled (jupyter {' '.join(command)})"
    return ""


def look_at_writing(root: Path | None) -> Probe:
    """Write where the course is, or here."""
    folder = root or Path.cwd()
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Probe("Writing", "ok", f"{folder} can be written")
    except OSError as error:
        state = "fail" if root else "warn"
        remedy = "Take a folder of your own, or ask its owner for access."
        return Probe("Writing", state, f"{folder}: {(error.strerror or 'error').lower()}", remedy)


def look_at_space(root: Path | None) -> Probe:
    """Ask how much disk is left."""
    free = shutil.disk_usage(root or Path.cwd()).free
    value = f"{free / 2**30:.1f} GiB free"
    if free < WANTED_SPACE:
        state = "fail" if free < NEEDED_SPACE else "warn"
        return Probe("Disk", state, value, "Make room: the course needs about 2 GiB.")
    return Probe("Disk", "ok", value)


def run_command(command: list[str]) -> tuple[int, str]:
    """Run a command; return its exit code and all that it wrote."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 1, f"no answer in {PATIENCE} s"
    except OSError as error:
        return 1, error.strerror or "cannot be started"
    return done.returncode, done.stdout.decode("utf-8", "replace")


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "nothing was said"


def _few(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
