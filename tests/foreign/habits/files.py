"""Files: data beside the notebook, what an answer writes and a test reads."""

from tests.builders import code
from tests.foreign.differences import WRITTEN
from tests.foreign.habit import Habit, answer, check, simple

HABITS = [
    simple(
        "writes-a-file",
        "with open('report.txt', 'w') as file:\n    print('done', file=file)",
        "with open('report.txt') as file:\n    assert file.read() == 'done\\n'",
        "with open('report.txt', 'w') as file:\n    print('open', file=file)",
    ),
    simple(
        "writes-over-a-file-of-the-lesson",
        "with open('state.txt', 'w') as file:\n    file.write('7')",
        "assert open('state.txt').read() == '7'",
        "with open('state.txt', 'w') as file:\n    file.write('8')",
        files={"state.txt": "7"},
        paid_stub=True,
        differs={("stub", "check"): WRITTEN},
    ),
    simple(
        "reads-a-table",
        "import csv\n\nwith open('data/rows.csv', newline='') as file:\n"
        "    total = sum(int(row['n']) for row in csv.DictReader(file))",
        "assert total == 42",
        "total = 40",
        files={"data/rows.csv": "name,n\na,40\nb,2\n"},
    ),
    Habit(
        "several notebooks, names with spaces",
        [
            code("start = 5"),
            answer("end = start + 2"),
            check("assert end == 7"),
        ],
        more={
            "part two": [
                answer("def triple(x):\n    return 3 * x"),
                check("assert triple(2) == 6", "assert triple('a') == 'aaa'"),
            ]
        },
        wrong={"wrong": {"answer": "end = start\ntriple = abs"}},
    ),
]
