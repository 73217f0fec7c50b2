"""A class of any size that hands in one small section: no two of its files are the same."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the builders are a part of the tests

from loop import grade_book, people, worksheet  # noqa: E402

from course.demo.samples import hand_in, solutions  # noqa: E402
from course.folder import Course, Section  # noqa: E402
from course.intake.people import everybody  # noqa: E402
from course.notebook.reading import read_source  # noqa: E402
from tests.builders import code, function, make_course, markdown, test_cell  # noqa: E402

NAME = "01-brightness"
LESSON = [
    markdown("# Brightness"),
    code("import numpy as np\n\nfrom helpers import checks"),
    markdown("### Exercise 1.1 · Brighten (2 points)\n\nAdd an amount, and hold it in 0..255."),
    function("brighten", "brighten(image, amount)", "return np.clip(image + amount, 0, 255)"),
    test_cell(
        "brighten-test",
        "check = checks.function(brighten)\n"
        "check.returns((np.array([10, 250]), 20), np.array([30, 255]))",
        "check.agrees_with(lambda image, amount: np.clip(image + amount, 0, 255),\n"
        "    [(np.array([[0, 9]]), -5), (np.array([200, 255]), 60)])",
        points=2,
    ),
    markdown("### Exercise 1.2 · Crop (1 point)\n\nCut out the first rows and columns."),
    function("crop", "crop(image, height, width)", "return image[:height, :width]"),
    test_cell(
        "crop-test",
        "assert crop(np.ones((5, 6)), 2, 3).shape == (2, 3)",
        "assert crop(np.arange(12).reshape(3, 4), 2, 2).tolist() == [[0, 1], [4, 5]]",
    ),
    markdown("### Exercise 1.3 · Mean (1 point)\n\nThe mean of each channel."),
    function("means", "means(image)", "return image.mean(axis=(0, 1))"),
    test_cell(
        "means-test",
        "check = checks.function(means)\ncheck.returns((np.ones((2, 3, 3)),), np.ones(3))",
        "check.agrees_with(lambda image: image.mean(axis=(0, 1)), [(np.arange(24.0)"
        ".reshape(2, 4, 3),)])",
    ),
]
MISTAKES = """\
import numpy as np

from course.notebook.mistakes import mistake

@mistake("brighten", words="You hold the sum at 255 only, and not at 0.")
def brighten(image, amount):
    return np.minimum(image + amount, 255)

@mistake("means", words="That is one mean for all channels: keep the last axis.")
def means(image):
    return image.mean()
"""
# A known mistake, a wrong answer, one that prints and one with an error, beside right and stub.
OTHERS = {
    "brighten": (
        "def brighten(image, amount):\n    return np.minimum(image + amount, 255)",
        "def brighten(image, amount):\n    return image * amount",
        "def brighten(image, amount):\n    print(image)\n    return (image + amount).clip(0, 255)",
        "def brighten(image, amount):\n    return picture + amount",
    ),
    "crop": (
        "def crop(image, height, width):\n    return image[:width, :height]",
        "def crop(image, height, width):\n    return image",
        "def crop(image, height, width):\n    print(height)\n    return image[:height, :width]",
        "def crop(image, height, width):\n    return image(height, width)",
    ),
    "means": (
        "def means(image):\n    return image.mean()",
        "def means(image):\n    return image.sum(axis=(0, 1))",
        "def means(image):\n    print(image.shape)\n    return image.mean(axis=(0, 1))",
        "def means(image):\n    raise ValueError('not today')",
    ),
}
NUMBER = "NUMBER-OF-THE-FILE"


def new_course(folder: Path, count: int) -> Course:
    """Make the course, a class in Canvas's grade book and Moodle's worksheet, and enrol it."""
    folder.mkdir()
    course = make_course(
        folder,
        {NAME: {"brightness": LESSON}},
        mistakes={NAME: MISTAKES},
        syllabus={NAME: 4},
    )
    names = people(count)
    grade_book(course.sections, names, folder / "canvas.csv")
    worksheet(course.sections[0], names, folder / "moodle.csv")
    return course


def hand_in_all(course: Course, section: Section, count: int) -> None:
    """Put one submission of each of so many into ``submitted/``."""
    (path,) = section.notebooks
    source = read_source(path, course.config)
    right = solutions(source)

    @cache
    def made(*kinds: int) -> str:
        answers = {}
        for (name, others), kind in zip(OTHERS.items(), kinds, strict=True):
            if kind < len(others) + 1:  # else it stays as it was released
                answers[name] = f"{(right[name], *others)[kind]}\n# {NUMBER}"
        return hand_in(source, answers | ({} if answers else {"crop": f"# {NUMBER}"})).decode()

    kinds = 2 + len(OTHERS["crop"])
    for person in everybody(course)[:count]:
        number = int(person.numbers[""])  # Canvas's: the same in a class of any size
        text = made(number % kinds, number // kinds % kinds, number // kinds**2 % kinds)
        target = course.submitted(person.id, section.name) / path.name
        target.parent.mkdir(parents=True)
        target.write_text(text.replace(NUMBER, f"{number}"), encoding="utf-8")
