"""What is asked for, and what of it the cells of a new exercise need."""

from __future__ import annotations

from dataclasses import dataclass

from course.errors import CourseError
from course.notebook.syntax import parse


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes
    ----------
    name : str
    title : str
        Empty where it is left blank.
    parameters : str
        As they stand in the function's head.
    points, minutes : int
    written : bool
        Whether a person reads the answer.
    after : str
        Id of the cell that it follows; empty for the usual place.
    """

    name: str
    title: str = ""
    parameters: str = "x"
    points: int = 3
    minutes: int = 8
    written: bool = False
    after: str = ""


@dataclass(frozen=True)
class Draft:
    """What is known of a new exercise.

    Attributes
    ----------
    name : str
        The ``grade_id`` of its solution cell.
    function : str
        The function that is asked for; empty for a written answer.
    parameters : str
        As they stand in the function's head.
    points : int
    heading : str
        The first line of its task.
    checked : bool
        Whether its test uses `helpers.checks`, or plain asserts.
    """

    name: str
    function: str
    parameters: str
    points: int
    heading: str
    checked: bool

    @property
    def call(self) -> str:
        """The function with its parameters."""
        return f"{self.function}({self.parameters})"

    @property
    def arguments(self) -> list[str]:
        """The names of the parameters."""
        return argument_names(self.parameters)


def argument_names(parameters: str) -> list[str]:
    """Return the names of a function's parameters.

    Raises
    ------
    CourseError
        When they can stand in no function's head.
    """
    try:
        (function,) = parse(f"def f({parameters}):\n    pass").body
        (_,) = function.body
        args = function.args
    except (SyntaxError, ValueError, AttributeError):
        raise CourseError(
            f"--parameters {parameters!r} can stand in no function's head.",
            'Write them as in --parameters "image, size, stride=1".',
        ) from None
    return [one.arg for one in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
