"""Own delimiters, own stubs, own time limits, an absolute root: what a configuration changes."""

from tests.builders import region, solution, task_cell, test_cell, written_answer
from tests.foreign.habit import Group, Habit, answer, check

DELIMITERS = """\
c.ClearSolutions.begin_solution_delimeter = "#[["
c.ClearSolutions.end_solution_delimeter = "#]]"
c.ClearHiddenTests.begin_test_delimeter = "#((HIDE"
c.ClearHiddenTests.end_test_delimeter = "#HIDE))"
c.ClearMarkScheme.begin_mark_scheme_delimeter = "#{{"
c.ClearMarkScheme.end_mark_scheme_delimeter = "#}}"
"""
STUBS = """\
c.ClearSolutions.code_stub = {"python": "# your turn\\npass"}
c.ClearSolutions.text_stub = "Write here, please."
"""
DELIMITED = [
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
    solution("code", region("x = 3")),
    check("assert x == 3"),
    written_answer("text", "an essay"),
    written_answer("region", region("an essay")),
]
SLEEPS = "import time\n\ntime.sleep({})\nx = 1"

GROUPS = [
    Group(
        "delimiters",
        [
            Habit(
                "delimited",
                DELIMITED,
                wrong={
                    "hidden": {"answer": "def cut(x):\n    return 'bc'"},
                    "wrong": {"answer": "cut = str"},
                },
            )
        ],
        DELIMITERS,
    ),
    Group(
        "stubs",
        [Habit("by-hand", BY_HAND, wrong={"wrong": {"code": "x = 4", "text": "mine"}})],
        STUBS,
    ),
    Group(
        "limits",
        [
            Habit(
                "slow-answer",
                [answer(SLEEPS.format(0)), check("assert x == 1")],
                wrong={"slow": {"answer": SLEEPS.format(6)}},
            )
        ],
        "c.ExecutePreprocessor.timeout = 3\n",
    ),
    Group(
        "root",
        [Habit("anywhere", [answer("x = 1"), check("assert x == 1")])],
        "from pathlib import Path\nc.CourseDirectory.root = str(Path(__file__).resolve().parent)\n",
    ),
]
