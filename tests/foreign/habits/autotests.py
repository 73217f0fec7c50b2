"""Tests that nbgrader writes itself, from the values that the solution gives."""

from tests.foreign.habit import Group, Habit, answer, check

TEMPLATES = """\
python3:
  setup: "from hashlib import sha1"
  hash: 'sha1({{snippet}}.encode("utf-8")+b"{{salt}}").hexdigest()'
  dispatch: "type({{snippet}})"
  normalize: "str({{snippet}})"
  check: 'assert {{snippet}} == "{{value}}", "{{message}}"'
  success: "print('Well done!')"
  templates:
    default:
      - test: "type({{snippet}})"
        fail: "type of {{snippet}} is not right"
      - test: "{{snippet}}"
        fail: "value of {{snippet}} is not right"
    int:
      - test: "type({{snippet}})"
        fail: "type of {{snippet}} is not int"
      - test: "{{snippet}}"
        fail: "value of {{snippet}} is not right"
"""
GROUP = Group(
    "autotests",
    [
        Habit(
            "written-by-nbgrader",
            [
                answer("def area(a, b):\n    return a * b"),
                check("### AUTOTEST area(2, 3)", name="plain"),
                check("### HASHED AUTOTEST area(4, 5); area(1, 1)", name="hashed"),
                check("assert area(1, 2) == 2\n### AUTOTEST area(7, 2)", name="mixed"),
                check("assert area(1, 2) == 2", "### HASHED AUTOTEST area(3, 3)", name="hidden"),
            ],
            wrong={"wrong": {"answer": "def area(a, b):\n    return a + b"}},
        ),
        Habit("without-any", [answer("x = 1"), check("assert x == 1")]),
    ],
    files={"autotests.yml": TEMPLATES},
)
