"""Own delimiters, own stubs, a time limit, an absolute root: what a configuration changes."""

from tests.builders import code, solution, task_cell, test_cell, written_answer
from tests.foreign.habit import Group, Habit

CONFIG = """\
from pathlib import Path

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.ExecutePreprocessor.timeout = 100
c.ClearSolutions.begin_solution_delimeter = "#[["
c.ClearSolutions.end_solution_delimeter = "#]]"
c.ClearHiddenTests.begin_test_delimeter = "#((HIDE"
c.ClearHiddenTests.end_test_delimeter = "#HIDE))"
c.ClearMarkScheme.begin_mark_scheme_delimeter = "#{{"
c.ClearMarkScheme.end_mark_scheme_delimeter = "#}}"
c.ClearSolutions.code_stub = {"python": "# your turn\\npass"}
c.ClearSolutions.text_stub = "Write here, please."
"""
CUT = [
    solution("answer", "def cut(x):\n    #[[\n    return x[1:]\n    #]]"),
    test_cell(
        "check",
        "assert cut('abc') == 'bc'\n#((HIDE\nassert cut('xy') == 'y', 'cut(xy) gives y'\n#HIDE))",
        points=2,
    ),
    written_answer("essay", "A long story."),
    task_cell("task", "Do it.\n#{{\nall or nothing\n#}}"),
]
BY_HAND = [
    code("base = 2"),
    solution("code", "#[[\nx = base + 1\n#]]"),
    test_cell("check", "assert x == 3", points=2),
    written_answer("text", "an essay"),
    written_answer("region", "Say:\n#[[\nan essay\n#]]"),
]
HABITS = [
    Habit(
        "delimited",
        CUT,
        wrong={
            "hidden": {"answer": "def cut(x):\n    return 'bc'"},
            "wrong": {"answer": "cut = str"},
        },
    ),
    Habit("by-hand", BY_HAND, wrong={"wrong": {"code": "x = 4", "text": "mine"}}),
]
GROUP = Group("settings", HABITS, CONFIG)
