"""Notebooks that name a kernel which is not there, or is of another language."""

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
    simple("beside-them", "x = 2", "assert x == 2", "x = 3"),
]
