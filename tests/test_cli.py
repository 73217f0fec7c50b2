"""The command line: exit codes, one-sentence errors, help with examples, JSON lines."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course import cli
from course.authoring import listing
from course.cli import app, main
from tests.builders import code, function, make_course, markdown, test_cell, written_answer
from tests.downloads import handed_in, zip_of

COMMANDS = sorted(command.name for command in app.registered_commands)
CELLS = [
    markdown("# Blur"),
    function("blur", "blur(image)", "return image"),
    test_cell("blur-test", "assert blur(1) == 1", points=3),
    written_answer("why", "Write your answer here.", points=2),
]


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path, {"02-blur": {"blur": CELLS}, "03-pool": {"pool": [code("1")]}})


@pytest.fixture
def say(course, capsys):
    """Run a command on the course; return exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--course", str(course.root), *arguments])
        return status, *capsys.readouterr()

    return run


def test_a_setting_that_nbgrader_refuses_is_the_configurations_fault(course, say):
    config = course.root / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nc.Execute.timeout = 'soon'\n", encoding="utf-8")
    hand_in = course.submitted("ann", "02-blur")
    hand_in.mkdir(parents=True)
    shutil.copy(course.source / "02-blur" / "blur.ipynb", hand_in)
    status, _, err = say("grade", "02", "--no-sandbox")
    assert status == 2 and one_sentence(err)
    assert "A setting of nbgrader_config.py cannot be used: " in err and "timeout" in err


def one_sentence(text: str) -> bool:
    """Tell whether stderr holds one line that ends as a sentence does, and no traceback."""
    return text.count("\n") == 1 and text.rstrip()[-1] in ".`" and "Traceback" not in text


def started(*arguments: str, **options) -> subprocess.CompletedProcess:
    line = [sys.executable, "-m", "course.cli", *arguments]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, **options)


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_a_help_with_an_example(self, command, capsys):
        assert main([command, "--help"]) == 0
        shown = capsys.readouterr().out
        examples = shown[shown.index("Example") :]
        assert f"course {command}" in examples

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_example_can_be_given_as_it_stands(self, command, capsys):
        registered = next(c for c in app.registered_commands if c.name == command)
        for line in registered.epilog.split("\n"):
            if line.startswith("course "):
                name, *rest = line.split("|")[0].split()[1:]
                # The whole line is parsed before the help is shown.
                assert main([name, "--help", *rest]) == 0, capsys.readouterr().err

    def test_the_help_imports_none_of_the_heavy_libraries(self):
        heavy = "nbgrader nbformat papermill matplotlib tensorflow keras sqlalchemy"
        look = (
            "import sys; from course.cli import main; main(['--help']); "
            f"print('LOADED', [m for m in {heavy.split()} if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True)
        assert done.stdout.rstrip().endswith("LOADED []")

    def test_the_version_is_the_packages(self, capsys):
        assert main(["--version"]) == 0
        assert re.fullmatch(r"course \d+\.\d+\.\d+\n", capsys.readouterr().out)


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["rum"], "Did you mean 'run'?"),
            (["run", "--nope"], "No such option"),
            (["run", "--jobs", "0"], "greater than or equal to 1"),
            (["run", "--jobs"], "requires an argument"),
            (["run", "--profile", "slow"], "no profile 'slow'"),
            (["run", "09"], "no section '09'. The sections are: 02-blur, 03-pool."),
            (["list", "../source"], "There is no section"),
            (["collect"], "There is nothing to collect."),
            (["collect", "nowhere.zip"], "nowhere.zip is not there."),
            (
                ["export", "--format", "docx"],
                "no format 'docx'. The formats are: csv, json, attempts, canvas, moodle.",
            ),
            (["list", "--json", "/no/folder/x.jsonl"], "--json cannot write"),
        ],
    )
    def test_it_ends_with_2_and_one_sentence(self, say, arguments, words):
        status, out, err = say(*arguments)
        assert (status, out) == (2, "")
        assert words in err and one_sentence(err), err

    def test_no_command_shows_the_help(self, capsys):
        assert main([]) == 2
        assert "Usage" in capsys.readouterr().out

    @pytest.mark.parametrize("where", ["/no/such/folder", "/", __file__])
    def test_a_folder_without_a_course_is_told_so(self, where, capsys):
        assert main(["--course", where, "list"]) == 2
        err = capsys.readouterr().err
        assert "--course" in err or "Give the folder" in err
        assert one_sentence(err), err

    def test_an_empty_course_is_told_so(self, tmp_path, capsys):
        (tmp_path / "source").mkdir()
        assert main(["--course", str(tmp_path), "list"]) == 2
        err = capsys.readouterr().err
        assert "has no sections" in err and one_sentence(err)

    def test_a_configuration_that_does_not_run_is_told_so(self, tmp_path, capsys):
        (tmp_path / "source").mkdir()
        (tmp_path / "nbgrader_config.py").write_text("c = get_config(\n")
        assert main(["--course", str(tmp_path), "list"]) == 2
        assert "SyntaxError" in capsys.readouterr().err

    def test_the_course_may_be_named_before_or_behind_the_command(self, course, capsys):
        for arguments in (
            ["--course", str(course.root), "list"],
            ["list", "--course", str(course.root / "source" / "02-blur")],
        ):
            assert main(arguments) == 0
            assert "02-blur" in capsys.readouterr().out


class TestFailures:
    def test_an_error_of_ours_is_a_sentence_with_a_log_and_no_traceback(
        self, say, monkeypatch, tmp_path
    ):
        def break_down(*arguments):
            raise RuntimeError("all is lost")

        monkeypatch.setattr(listing, "list_sections", break_down)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        status, _, err = say("list")
        assert status == 1 and one_sentence(err) and "Internal error" in err
        log = Path(re.search(r"Send (\S+\.log)", err)[1])
        assert "all is lost" in log.read_text() and "Traceback" in log.read_text()

    def test_an_internal_error_is_told_where_no_log_can_be_written(
        self, say, monkeypatch, tmp_path
    ):
        def break_down(*arguments):
            raise RuntimeError("all is lost")

        monkeypatch.setattr(listing, "list_sections", break_down)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        status, _, err = say("list")
        assert status == 1 and "Internal error" in err and "all is lost" in err
        assert "no log of it can be written: No such file or directory" in err

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (PermissionError(13, "Permission denied", "/x/y"), "/x/y: permission denied."),
            (OSError(28, "No space left on device", "/x/y"), "/x/y: no space is left."),
            (OSError(28, "No space left on device"), "The disk: no space is left."),
            (OSError(122, "Disk quota exceeded", "/x/y"), "/x/y: no space is left."),
            (OSError(5, "Input/output error"), "The system refused: input/output error."),
        ],
    )
    def test_what_the_system_refuses_is_a_sentence(self, say, monkeypatch, error, words):
        def refuse(*arguments):
            raise error

        monkeypatch.setattr(listing, "list_sections", refuse)
        status, _, err = say("list")
        assert status == 1 and err.startswith(words) and one_sentence(err)

    def test_ctrl_c_is_a_sentence(self, say, monkeypatch):
        def interrupt(*arguments):
            raise KeyboardInterrupt

        monkeypatch.setattr(listing, "list_sections", interrupt)
        status, _, err = say("list")
        assert status == 130 and one_sentence(err) and "Ctrl-C" in err

    @pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
    def test_a_folder_that_may_not_be_written_is_a_sentence(self, capsys):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            root.chmod(0o755)
            course = make_course(root, {"02-blur": {"blur": CELLS}})
            download = zip_of(root / "d.zip", {"anna/02-blur/blur.ipynb": handed_in()})
            arguments = ["--course", str(course.root), "collect", str(download)]
            assert main(arguments) == 0  # and everything is imported
            (root / "submitted" / "anna").rename(root / "away")
            for folder in (root, root / "submitted"):
                folder.chmod(0o555)
            capsys.readouterr()
            as_root = os.geteuid() == 0
            try:
                if as_root:
                    os.seteuid(65534)  # root may write everywhere
                status = main(arguments)
            finally:
                if as_root:
                    os.seteuid(0)
                for folder in (root, root / "submitted"):
                    folder.chmod(0o755)
            err = capsys.readouterr().err
            assert status == 1 and "permission denied" in err.lower() and one_sentence(err), err

    def test_a_closed_pipe_is_no_error(self, course):
        line = f"{sys.executable} -m course.cli --course '{course.root}' list | true"
        done = subprocess.run(line, shell=True, capture_output=True, text=True)
        assert "Traceback" not in done.stderr and "Error" not in done.stderr

    @pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
    def test_sigterm_ends_a_run_and_its_kernel(self, tmp_path):
        mark = tmp_path / "alive"
        tick = (
            "import time, os\nwhile True:\n    open('alive', 'a').write('.')\n    time.sleep(0.1)"
        )
        course = make_course(tmp_path, {"01-one": {"one": [code(tick)]}})
        mark = course.root / "source" / "01-one" / "alive"
        line = [sys.executable, "-m", "course.cli", "--course", str(course.root), "run"]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        end = time.monotonic() + 90
        while not mark.exists():
            assert time.monotonic() < end
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        size = mark.stat().st_size
        time.sleep(1)
        assert process.returncode == cli.TERMINATED and b"Traceback" not in err
        assert mark.stat().st_size == size


class TestList:
    def test_it_shows_points_and_exercises(self, say):
        status, out, _ = say("list")
        assert status == 0
        assert re.search(r"02-blur\s+02-blur\s+–\s+5\s+1\s+1\s+no", out), out

    def test_json_lines_can_be_read(self, say):
        status, out, _ = say("list", "02", "--json", "-")
        (row,) = map(json.loads, out.splitlines())
        assert status == 0
        assert (row["section"], row["points"], row["autograded"], row["manual"]) == (
            "02-blur", 5, 1, 1,
        )  # fmt: skip

    def test_json_may_go_to_a_file_beside_the_table(self, say, tmp_path):
        status, out, _ = say("list", "--json", str(tmp_path / "list.jsonl"))
        assert status == 0 and "02-blur" in out
        assert len((tmp_path / "list.jsonl").read_text().splitlines()) == 2

    def test_quiet_leaves_only_what_a_program_reads(self, say):
        assert say("--quiet", "list") == (0, "", "")
        assert say("list", "-q") == (0, "", "")
        assert json.loads(say("list", "02", "-q", "--json", "-")[1])

    def test_quiet_ends_with_its_command(self, say, course):
        say("list", "--quiet")
        assert "02-blur" in say("list")[1]
        say("--quiet", "list")
        told = CliRunner().invoke(app, ["--course", str(course.root), "list"])  # not by main
        assert "02-blur" in told.output

    def test_a_broken_section_is_shown_and_the_others_are_listed(self, say, course):
        (course.root / "source" / "03-pool" / "pool.ipynb").write_text("{")
        status, out, err = say("list")
        assert status == 1 and "02-blur" in out
        assert "pool.ipynb is not a notebook" in err

    def test_a_released_section_is_told(self, say, course):
        path = course.release("02-blur") / "blur.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text("{}")
        out = say("list")[1]
        assert re.search(r"02-blur.*yes", out) and re.search(r"03-pool.*no", out)


class TestVerbs:
    def test_release_check_finds_what_is_missing(self, say):
        status, _, err = say("release", "02", "--check")
        assert status == 1 and "release/02-blur is missing" in err

    def test_release_then_check_finds_nothing(self, say):
        assert say("release", "02")[0] == 0
        assert say("release", "02", "--check")[0] == 0

    def test_run_names_the_cell_that_failed(self, say, course):
        make_course(course.root, {"03-pool": {"pool": [code("1 / 0", id="bad")]}})
        status, out, err = say("run", "03", "--out", str(course.root / "out"))
        assert status == 1 and re.search(r"03-pool/pool\s+failed", out)
        assert "03-pool/pool.ipynb, cell 1 [bad]: ZeroDivisionError: division by zero" in err
        assert "    1 / 0" in err

    def test_collect_says_what_it_took_and_what_it_refused(self, say, tmp_path):
        files = {"anna/02-blur/blur.ipynb": handed_in(), "../bob/02-blur/blur.ipynb": handed_in()}
        status, out, err = say("collect", str(zip_of(tmp_path / "d.zip", files)))
        assert status == 1 and re.search(r"anna\s+02-blur\s+blur\s+2026-03-02.*new", out)
        assert "../bob/02-blur/blur.ipynb: not taken: its name climbs" in err

    def test_a_new_download_of_the_same_is_fine(self, say, tmp_path):
        download = str(zip_of(tmp_path / "d.zip", {"anna/02-blur/blur.ipynb": handed_in()}))
        assert [say("collect", download)[0] for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("command", ["course"])
def test_the_console_script_is_installed(command):
    script = Path(sys.executable).parent / command
    done = subprocess.run([script, "--version"], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("course ")
