"""`course new` on the command line: what it says, its help, its exit codes."""

import json
import os
import shlex
import signal
import subprocess
import sys

import pytest

from course.cli import main
from course.commands import drafting
from tests.gate.lessons import SECTION

NAMES = [command.name for command in drafting.new.registered_commands]


@pytest.fixture
def say(house, capsys):
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["new", *arguments, "--course", str(house.root)])
        return status, *capsys.readouterr()

    return run


@pytest.mark.parametrize("command", NAMES)
def test_each_example_of_the_help_can_be_given_as_it_stands(command, capsys):
    (found,) = [one for one in drafting.new.registered_commands if one.name == command]
    examples = [line for line in found.epilog.split("\n") if line.startswith("course ")]
    assert examples
    for line in examples:
        _, *path, rest = line.split(" ", 3)
        assert path == ["new", command]
        assert main([*path, "--help", *shlex.split(rest)]) == 0
        assert f"course new {command}" in capsys.readouterr().out


def test_without_a_word_more_it_shows_what_can_be_begun(capsys):
    assert main(["new"]) == 2
    shown = capsys.readouterr().out
    assert all(name in shown for name in NAMES)


def test_a_section_is_told_with_its_files_and_what_comes_next(say):
    status, out, err = say("section", "attention", "--title", "Attention")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "Written: source/02-attention/mistakes.py, source/02-attention/attention.ipynb, "
        "course/syllabus.toml",
        "40 blanks to fill in: `course check 02-attention` names each.",
    ]


def test_an_exercise_is_told_with_its_cells_and_what_became_of_others(say):
    status, out, err = say("exercise", "01", "scale", "--points", "1", "--minutes", "1")
    assert status == 0 and err == "Exercise 1.8 is now 1.9.\n"
    assert out.startswith("sums.ipynb: the cells scale-task, scale, scale-test\n")


def test_a_program_reads_what_was_made(say):
    status, out, _ = say("exercise", "01", "scale", "--json", "-")
    made = json.loads(out)
    assert status == 0 and (made["section"], made["name"], made["blanks"]) == (SECTION, "scale", 19)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["section"], "Missing argument"),
        (["chapter", "x"], "No such command"),
        (["section", "01-sums"], "There is a section 01-sums already"),
        (["exercise", "07", "scale"], "There is no section '07'"),
        (["exercise", "01", "add-1"], "has a cell 'add-1' already"),
        (["exercise", "01", "scale", "--points", "0"], "--points"),
        (["exercise", "01", "scale", "--parameters", "x y"], "can stand in no function's head"),
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(say, arguments, words):
    status, out, err = say(*arguments)
    assert (status, out) == (2, "") and words in err
    assert err.count("\n") == 1 and "Traceback" not in err


def test_a_release_says_that_blanks_are_left(say, house, capsys):
    assert main(["release", "--course", str(house.root)]) == 0
    assert "blanks" not in capsys.readouterr().err
    say("exercise", "01", "scale")
    assert main(["release", "--course", str(house.root)]) == 0
    told = "01-sums: 19 blanks are left, and students see those that are not hidden."
    assert told in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(
    "arguments", [["section", "attention"], ["exercise", "01", "scale"]], ids=lambda a: a[0]
)
def test_a_command_that_was_killed_can_be_given_again(house, tmp_path, say, arguments):
    line = [sys.executable, "-m", "course.cli", "new", *arguments, "--course", str(house.root)]
    fault = {"COURSE_FAULT": f"before-rename:{tmp_path / 'killed'}"}
    killed = subprocess.run(line, env=os.environ | fault, capture_output=True, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert len(unfinished := list(house.source.rglob("*.part"))) == 1
    assert say(*arguments)[0] == 0
    assert not unfinished[0].exists()
