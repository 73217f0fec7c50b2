"""The whole loop on sample submissions, in an empty temporary course."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course.authoring.release import release
from course.demo.samples import SAMPLES, Sample, moodle_download
from course.errors import CourseError
from course.files import copy_to_work_on, write_atomically
from course.folder import CONFIG_FILE, SYLLABUS_FILE, Course, Section, open_course
from course.grading.grade import Graded, grade
from course.intake.collect import collect
from course.proof.health import look_at_sandbox
from course.returns.export import FORMATS, Mark, marks
from course.returns.feedback import feedback

# 01 shows the tool without TensorFlow, 02 with it.
SECTIONS = ("01-images-as-tensors", "02-convolution")


@dataclass(frozen=True)
class Demo:
    """What the demo left behind.

    Attributes
    ----------
    root : Path
        The temporary course.
    marks : list of Mark
    students : dict of str to Sample
        What each student's id stands for.
    pages : list of Path
        Feedback pages.
    exported : list of Path
    """

    root: Path
    marks: list[Mark]
    students: dict[str, Sample]
    pages: list[Path]
    exported: list[Path]


def demo(
    course: Course,
    folder: Path | None = None,
    *,
    jobs: int = 2,
    say: Callable[[str], None] = lambda text: None,
    graded: Callable[[Graded], None] = lambda graded: None,
) -> Demo:
    """Take sample submissions through release, collect, grade, feedback and export.

    Parameters
    ----------
    course : Course
        Where the source notebooks are; nothing in it is changed.
    folder : Path, optional
        An empty folder for the demo's course; a temporary one when left out. It is kept.
    jobs : int
        Submissions graded at the same time.
    say, graded : callable
        Told what happens next, and each graded submission.

    Raises
    ------
    CourseError
        When `folder` holds something already.
    """
    root = _empty_folder(folder)
    own = copy_course(course, root)
    sections = [s for s in own.sections if s.name in SECTIONS] or own.sections[:1]
    say(f"An empty course in {root}")

    say("1  Release: student versions without solutions and hidden tests")
    release(own, sections)

    say(f"2  Collect: {len(SAMPLES)} students hand in, as a download from Moodle")
    for sample in SAMPLES:
        say(f"     {sample.person}: {sample.about}")
    for section in sections:
        _collect(own, section)

    say("3  Grade: answers go into our own notebook and are run; each gets a verdict")
    grade(own, sections, jobs=jobs, report=graded, sandbox=_sandbox(own, say))

    say("4  Feedback: a page for each student, with the diagnosis of each mistake")
    pages = feedback(own, sections)

    say("5  Export: the marks as tables")
    found = marks(own, sections)
    exported = []
    for name, write in FORMATS.items():
        exported.append(root / f"marks.{name}")
        write_atomically(exported[-1], write(found))
    # The samples' initials run from A on, so the sorted ids stand in the samples' order.
    students = dict(zip(sorted({mark.student for mark in found}), SAMPLES, strict=True))
    return Demo(root, found, students, pages, exported)


def _empty_folder(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="course-demo-"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is not an empty folder.", "Give a new one.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def copy_course(course: Course, root: Path) -> Course:
    """Copy what makes the course: configuration, syllabus, source notebooks."""
    for name in (CONFIG_FILE, SYLLABUS_FILE):
        if (course.root / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(course.root / name, root / name)
    for section in course.sections:
        hide = shutil.ignore_patterns(".*", "__pycache__")
        copy_to_work_on(section.folder, root / "source" / section.name, ignore=hide)
    return open_course(root)


def _sandbox(course: Course, say: Callable[[str], None]) -> bool:
    """Tell whether this machine has a sandbox, and say it; the samples are ours, and need none."""
    found = look_at_sandbox(course.root)
    if found.state == "ok":
        say(f"     in the sandbox: {found.value}")
        return True
    say(f"     without a sandbox, as with --no-sandbox: {found.value} `course doctor` says more.")
    return False


def _collect(course: Course, section: Section) -> None:
    download = course.root / "downloads" / f"{section.name}.zip"
    download.parent.mkdir(exist_ok=True)
    download.write_bytes(moodle_download(course, section))
    collect(course, [download], section=section)
