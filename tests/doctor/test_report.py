"""The doctor says what works here and how to mend what does not."""

import sys
from importlib import metadata

import pytest

from course.doctor import probes
from course.doctor import report as doctor_module
from course.doctor.probes import Probe, run_command
from course.doctor.report import doctor
from course.proof.health import look_at_sandbox
from tests.builders import code, make_course


@pytest.fixture
def no_programs(monkeypatch):
    monkeypatch.setattr(probes.shutil, "which", lambda name: None)


@pytest.fixture
def failing_commands(monkeypatch):
    monkeypatch.setattr(probes, "run_command", lambda line: (1, "first line\nit broke\n"))


def test_this_python_is_one_that_the_course_supports():
    assert probes.look_at_python().state == "ok"


def test_a_python_that_tensorflow_has_no_packages_for_is_a_failure(monkeypatch):
    monkeypatch.setattr(probes.sys, "version_info", (3, 99, 0))
    found = probes.look_at_python()
    assert found.state == "fail" and "<3.14" in found.remedy


def test_packages_are_compared_with_the_courses_own_lock(tmp_path):
    version = metadata.version("rich")
    (tmp_path / "requirements.lock").write_text(f"# pins\nrich=={version}\n")
    assert probes.look_at_packages(tmp_path) == Probe(
        "Packages", "ok", "all 1 as in requirements.lock"
    )


def test_a_missing_package_is_a_failure_and_another_version_a_warning(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("no-such-package==1.0\nrich==0.1\n")
    assert probes.look_at_packages(tmp_path).state == "fail"
    lock.write_text("rich==0.1\n")
    found = probes.look_at_packages(tmp_path)
    assert found.state == "warn" and "for 0.1" in found.value and "make setup" in found.remedy


def test_the_kernel_starts():
    found = probes.look_at_kernel()
    assert found.state == "ok", found


def test_the_formgrader_is_found_in_this_environment():
    assert probes.look_at_formgrader().state == "ok"


@pytest.mark.parametrize("look", [probes.look_at_kernel, probes.look_at_tensorflow])
def test_without_kernel_or_tensorflow_nothing_works(failing_commands, look):
    found = look()
    assert found.state == "fail" and "it broke" in found.value and found.remedy


@pytest.mark.parametrize(
    "look",
    [lambda: look_at_sandbox(None), probes.look_at_graphviz, probes.look_at_chromium],
)
def test_a_program_that_only_some_need_is_a_warning(no_programs, look):
    found = look()
    assert found.state == "warn" and found.remedy


def test_figures_have_the_courses_own_chinese_font():
    assert "figures: the course's own" in probes.look_at_font().value


def test_matplotlibs_last_resort_is_no_chinese_font():
    assert "Last Resort" not in probes.look_at_font().value


def test_a_machine_without_a_chinese_font_is_told_what_its_browser_needs(monkeypatch):
    monkeypatch.setattr(probes, "run_command", lambda line: (0, "own: \n"))
    found = probes.look_at_font()
    assert found.state == "warn" and "pages: none" in found.value and "fonts-noto" in found.remedy


def test_a_lost_label_font_is_a_warning(failing_commands):
    found = probes.look_at_font()
    assert found.state == "warn" and "it broke" in found.value and found.remedy


def test_a_folder_that_cannot_be_written_is_a_failure(tmp_path):
    found = probes.look_at_writing(tmp_path / "gone")
    assert found.state == "fail" and found.remedy


def test_little_disk_is_a_warning_and_very_little_a_failure(monkeypatch, tmp_path):
    class Usage:
        def __init__(self, free):
            self.free = free

    for free, state in ((2**28, "fail"), (2**30, "warn"), (2**33, "ok")):
        monkeypatch.setattr(probes.shutil, "disk_usage", lambda folder, f=free: Usage(f))
        assert probes.look_at_space(tmp_path).state == state


def test_a_command_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(probes, "PATIENCE", 1)
    code_, text = run_command([sys.executable, "-c", "import time; time.sleep(60)"])
    assert code_ == 1 and "no answer" in text


def test_a_program_that_is_not_there_is_no_crash():
    assert run_command(["no-such-program-here"])[0] == 1


@pytest.mark.parametrize("inside", [True, False])
def test_it_works_inside_and_outside_of_a_course(tmp_path, monkeypatch, inside):
    monkeypatch.chdir(tmp_path)
    for name in ("kernel", "tensorflow", "formgrader"):  # each has a test of its own
        monkeypatch.setattr(probes, f"look_at_{name}", lambda name=name: Probe(name, "ok", "stub"))
    course = make_course(tmp_path, {"01-one": {"one": [code("1")]}}) if inside else None
    told = []
    found = doctor(course, report=lambda *what: told.append(what))
    assert len(found) == 13 and told[-1] == ("probes", 13, 13)
    assert doctor_module.table(found).row_count == 13
    assert all(p.remedy for p in found if p.state != "ok")
