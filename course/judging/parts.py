"""Run a part of a test in the judge: compiled once, then run for every submission."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from types import CodeType

from helpers.checks.failure import CheckFailed

from course.notebook.syntax import parse
from course.processes.capture import OUTPUTS
from course.processes.shell import Shell, run, told


@dataclass(frozen=True)
class Part:
    """Compiled text.

    Attributes
    ----------
    body : code
    last : code or None
        Its last expression, whose value is shown.
    """

    body: CodeType
    last: CodeType | None


class Parts:
    """The parts that a shell has run.

    Parameters
    ----------
    shell : Shell
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._compiled: dict[str, Part | None] = {}

    def run(self, code: str) -> dict:
        """Run a part as `course.processes.shell.run` does, and return the same."""
        if code not in self._compiled:
            self._compiled[code] = self._compile(code)
        part = self._compiled[code]
        if part is None:
            return run(self._shell, code, told_by_judge)
        return self._execute(code, part)

    def _compile(self, code: str) -> Part | None:
        """Return the part compiled, or None where it is no plain Python."""
        try:
            tree = parse(code)
        except SyntaxError:
            return None
        name = self._shell.compile.cache(code, len(self._compiled))
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = compile(ast.Interactive([tree.body.pop()]), name, "single")
        return Part(compile(tree, name, "exec"), last)

    def _execute(self, code: str, part: Part) -> dict:
        shell, error = self._shell, None
        OUTPUTS.start()
        # By it the shell knows whether the last line ends in a semicolon.
        shell.history_manager.input_hist_parsed[:] = ["", code]
        with shell.builtin_trap, shell.display_trap:
            try:
                exec(part.body, shell.user_ns)
                if part.last is not None:
                    exec(part.last, shell.user_ns)
            except BaseException as raised:  # whatever a test raises is its result
                error = raised
                shell.showtraceback()
        shell.events.trigger("post_execute")
        done = {"status": "error" if error is not None else "ok", "outputs": OUTPUTS.take()}
        return done if error is None else done | told_by_judge(error)


def told_by_judge(error: BaseException) -> dict:
    """Return what the judge says of an exception; of a failed check of ours, its fields.

    What a student raised arrives as another class, whatever that is called, and is none of ours.
    """
    if type(error) is not CheckFailed:
        return told(error)
    fields = {"layer": error.layer, "finding": error.finding, "of_value": error.of_value}
    fields |= {"diagnosis": error.diagnosis or "", "demands": error.demands or ""}
    return told(error) | {"failure": fields}
