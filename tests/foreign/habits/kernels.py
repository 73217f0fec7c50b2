"""Notebooks whose kernel is not there or of another language, or whose packages are missing."""

from tests.builders import code
from tests.foreign.habit import Habit, answer, check, simple

HABITS = [
    Habit(
        "of-another-language",
        [answer("x <- 2"), check("stopifnot(x == 2)")],
        metadata={
            "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
            "language_info": {"name": "R"},
        },
        refused="R",
    ),
    simple(
        "kernel-that-is-not-there",
        "x = 2",
        "assert x == 2",
        "x = 3",
        metadata={
            "kernelspec": {
                "name": "conda-env-of-theirs-py",
                "display_name": "Theirs",
                "language": "python",
            }
        },
        refused="conda-env-of-theirs-py",
    ),
    simple(
        "package-that-is-not-there",
        "x = nowhere.double(1)",
        "assert x == 2",
        "x = 3",
        code("import no_such_package_anywhere as nowhere"),
        refused="not installed: no_such_package_anywhere",
    ),
    simple("beside-them", "x = 2", "assert x == 2", "x = 3"),
]
