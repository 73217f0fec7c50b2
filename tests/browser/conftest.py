"""A real Chromium, real Jupyter servers, and screenshots that are kept for looking at."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.doctor.probes import find_browser
from tests.browser.notebook import settle_lab
from tests.ports import unused_port

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build" / "screenshots"
TOKEN = "for-the-tests-only"
# Chromium looks for updates and the like at every start; a test must not reach out.
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


# A module, not a session: Playwright's event loop runs in this thread while it is open, and
# other tests start loops of their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """Start Debian's (or the user's) Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_browser(), args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium) -> Iterator:
    """Open an empty page of a notebook's usual size."""
    context = chromium.new_context(viewport={"width": 1400, "height": 950})
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


@pytest.fixture
def shoot(request):
    """Return a function that keeps a screenshot below build/screenshots/."""

    def take(page, name: str) -> bytes:
        SHOTS.mkdir(parents=True, exist_ok=True)
        return page.screenshot(path=SHOTS / f"{name}.png")

    return take


@pytest.fixture
def token() -> str:
    """Return the token of the servers."""
    return TOKEN


@pytest.fixture
def jupyter(tmp_path):
    """Return a context manager that serves a folder and yields the address."""

    def serve(folder: Path, *arguments: str, warm: bool = False, instructor: bool = False):
        return serve_lab(folder, tmp_path, *arguments, warm=warm, instructor=instructor)

    return serve


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that tests use one after the other.

    Attributes
    ----------
    address : str
    folder : Path
        What it serves.
    config : Path
        Where it keeps what was open on whose page.
    """

    address: str
    folder: Path
    config: Path

    def forget(self) -> None:
        """End all kernels, and forget which notebooks were open."""
        for one in json.loads(self._ask("GET", "sessions")):
            self._ask("DELETE", f"sessions/{one['id']}")
        shutil.rmtree(self.config / "lab" / "workspaces", ignore_errors=True)

    def _ask(self, method: str, what: str) -> bytes:
        headers = {"Authorization": f"token {TOKEN}"}
        asked = urllib.request.Request(f"{self.address}/api/{what}", None, headers, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.read()


@pytest.fixture(scope="package")
def _lab(tmp_path_factory) -> Iterator[Lab]:
    top = tmp_path_factory.mktemp("lab")
    (top / "served").mkdir()
    settle_lab(top / "config")
    with serve_lab(top / "served", top) as address:
        yield Lab(address, top / "served", top / "config")


@pytest.fixture
def lab(_lab) -> Iterator[Lab]:
    """Return a JupyterLab in which nothing is open; it was started for the first test that asks."""
    yield _lab
    _lab.forget()


@contextmanager
def serve_lab(
    folder: Path, tmp: Path, *arguments: str, warm: bool = False, instructor: bool = False
) -> Iterator[str]:
    """Run a JupyterLab on `folder` and yield its address; nothing of the user's is touched.

    With `warm` it is the one that `course lab` opens, on the course in `folder`; with
    `instructor`, the one with formgrader.
    """
    port = unused_port()
    log = (tmp / "jupyter.log").open("wb")
    environment = {
        **os.environ,
        "HOME": str(tmp / "home"),
        "JUPYTER_CONFIG_DIR": str(tmp / "config"),
        "JUPYTER_DATA_DIR": str(tmp / "data"),
        "JUPYTER_RUNTIME_DIR": str(tmp / "runtime"),
        "IPYTHONDIR": str(tmp / "ipython"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    start = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    ours = warm or instructor
    if ours:
        start = [sys.executable, "-m", "course.cli", "lab", "--course", str(folder)]
        start += ["--instructor"] if instructor else []
    command = [
        *(*start, "--no-browser", f"--port={port}", *(["--"] if ours else [])),
        *("--allow-root", f"--IdentityProvider.token={TOKEN}"),
        "--LabApp.expose_app_in_browser=True",
        *arguments,
    ]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/api?token={TOKEN}", process, tmp / "jupyter.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _wait(url: str, process: subprocess.Popen, log: Path, seconds: float = 90) -> None:
    for _ in range(int(seconds * 4)):
        if process.poll() is not None:
            pytest.fail(f"JupyterLab did not start: {log.read_text(errors='replace')[-2000:]}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not answer: {log.read_text(errors='replace')[-2000:]}")
