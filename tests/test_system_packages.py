"""`make setup` installs what pip cannot, says what it does and what not, and never fails for it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script for sh")
SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "system-packages"
NEEDED = ("sh", "tr", "tail", "grep", "env")
ALL = "bubblewrap chromium-headless-shell graphviz fontconfig fonts-noto-cjk"


class Machine:
    """A machine with a few programs, on which packages can be installed or not.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.programs, self.log = folder / "bin", folder / "log"
        self.programs.mkdir()
        for name in NEEDED:
            (self.programs / name).symlink_to(shutil.which(name))
        self.has("uname", "echo Linux")
        self.has("id", "echo 0")
        self.has("apt-get")

    def has(self, name: str, does: str = "") -> None:
        """Put a program there, which notes down how it was called."""
        program = self.programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.log}"\n{does}\n')
        program.chmod(0o755)

    def lacks(self, name: str) -> None:
        """Take a program away."""
        (self.programs / name).unlink()

    def set_up(self, **variables: str) -> str:
        """Run the script; return what it says."""
        done = subprocess.run(
            ["sh", str(SCRIPT)],
            env={"PATH": str(self.programs), **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    @property
    def installed(self) -> list[str]:
        """The packages that apt-get was told to install, each by itself."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [
            line.split()[-1] for line in lines if line.startswith("apt-get") if "install" in line
        ]


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_root_gets_everything_and_is_told_what(machine):
    assert machine.set_up() == f"Installing with apt-get: {ALL} \n"
    assert machine.installed == ALL.split()


def test_what_is_there_is_not_installed_again(machine):
    for name in ("bwrap", "chromium-headless-shell", "dot"):
        machine.has(name)
    machine.has("fc-list", "echo a font")
    assert machine.set_up() == "" and machine.installed == []


FAILS = 'case "$*" in *{}) echo "E: Unable to locate package {}"; exit 100;; esac'


def test_a_package_that_cannot_be_had_keeps_no_other_away(machine):
    machine.has("apt-get", FAILS.format("graphviz", "graphviz"))
    said = machine.set_up()
    assert "graphviz could not be installed: E: Unable to locate package graphviz" in said
    assert machine.installed == ALL.split()


def test_where_the_browser_without_windows_cannot_be_had_it_is_the_whole_one(machine):
    machine.has("apt-get", FAILS.format("shell", "shell"))
    assert "could not" not in machine.set_up()
    assert {*machine.installed} == {*ALL.split(), "chromium"}


def test_where_neither_can_be_had_that_is_told(machine):
    fails = FAILS.replace("*{})", "*{}*)").format("chromium", "chromium")
    machine.has("apt-get", fails)
    said = machine.set_up()
    assert said.count("could not be installed") == 1 and "\nchromium could not" in said


def test_where_a_whole_one_is_there_it_does(machine):
    machine.has("google-chrome")
    machine.has("apt-get", FAILS.format("shell", "shell"))
    assert "could not" not in machine.set_up() and machine.installed == ALL.split()


def test_without_a_network_it_says_so_and_goes_on(machine):
    machine.has("apt-get", "echo 'W: Some index files failed to download'; exit 100")
    said = machine.set_up()
    assert "update failed" in said and "Some index files failed" in said
    assert said.count("could not be installed") == len(ALL.split())


@pytest.mark.parametrize(
    ("change", "variables", "why"),
    [
        (lambda machine: None, {"COURSE_NO_APT": "1"}, "COURSE_NO_APT is set"),
        (lambda machine: machine.lacks("apt-get"), {}, "there is no apt-get"),
        (lambda machine: machine.has("uname", "echo Darwin"), {}, "no Linux"),
        (lambda machine: machine.has("id", "echo 1000"), {}, "that takes root"),
    ],
    ids=["told not to", "another system", "macOS", "no sudo"],
)
def test_what_is_not_installed_is_named_with_the_reason(machine, change, variables, why):
    change(machine)
    said = machine.set_up(**variables)
    assert said.startswith(f"Not installed: {ALL} (") and why in said and machine.installed == []


def test_sudo_is_used_where_it_asks_nothing(machine):
    machine.has("id", "echo 1000")
    machine.has("sudo", 'shift\nexec "$@"')
    machine.has("true")
    machine.set_up()
    assert machine.installed == ALL.split()


def test_a_sudo_that_would_ask_is_left_alone(machine):
    machine.has("id", "echo 1000")
    machine.has("sudo", "exit 1")
    assert "asks for no password" in machine.set_up() and machine.installed == []
