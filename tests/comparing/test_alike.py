"""Pairs of answers in ``submitted/``: which are shown, and which are not."""

from __future__ import annotations

import json

import pytest

from course.comparing import tokens
from course.comparing.alike import compare
from course.comparing.matching import GIVEN
from course.demo.samples import solutions
from course.notebook.reading import read_source

from .conftest import EVERYTHING, disguised, hand_in_all, independent, pairs

KINDS = ["comments and layout", "names", "order of statements", "a helper function", EVERYTHING]
TWINS = (
    "def cost(n, k):\n    weights = k * k\n    all_of_them = n * n\n    return weights, all_of_them"
)


def test_independent_answers_are_not_shown(a_class, compared):
    a_class()
    found = compared()
    assert pairs(found) == [] and found.background.answers > 5
    assert (found.exercise, found.title) == ("max-pool", "1.1 · Your own pooling layer")


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_of_another_is_shown(a_class, compared, kind):
    a_class(zoe=disguised(kind, independent()[5]))
    assert pairs(compared()) == [("s05", "zoe")]


def test_a_helper_in_a_cell_of_its_own_counts(a_class, compared, course):
    a_class()
    helper, answer = independent()[5].split("\n\ndef max_pool")
    (path,) = course.sections[0].notebooks
    hand_in_all(course, {"zoe": {"max-pool": f"def max_pool{answer}"}})
    file = course.submitted("zoe", "01-pooling") / path.name
    nb = json.loads(file.read_text(encoding="utf-8"))
    own = {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "source": helper}
    nb["cells"].insert(2, own | {"execution_count": None})
    file.write_text(json.dumps(nb), encoding="utf-8")
    found = compared()
    assert pairs(found) == [("s05", "zoe")]
    assert found.pairs[0].sides[1].text.startswith("def biggest")


def test_twins_of_a_short_answer_are_not_looked_at(course):
    hand_in_all(course, {f"s{n}": {"cost": TWINS} for n in range(12)})
    (found,) = compare(course, course.sections[0], pytest.fail)
    assert found.exercise == "max-pool" and found.answered == 0


def test_who_writes_what_the_course_expects_is_not_shown(a_class, compared, course):
    source = read_source(course.sections[0].notebooks[0], course.config)
    solution = solutions(source)["max-pool"]
    a_class(yan=solution, zoe=disguised("names", solution))
    assert pairs(compared()) == []


def test_a_known_mistake_is_no_sign(a_class, compared, course):
    text = independent()[5]
    a_class(zoe=text)
    assert pairs(compared()) == [("s05", "zoe")]
    wrong = (
        f"from course.notebook.mistakes import mistake\nmistake('max-pool', says='', code={text!r})"
    )
    wrong = wrong.replace("says=''", "says='no'")
    (course.sections[0].folder / "mistakes.py").write_text(wrong, encoding="utf-8")
    assert pairs(compared()) == []


def test_code_that_the_task_shows_is_everybodys(tmp_path, a_class, compared, course):
    a_class(zoe=independent()[5])
    (path,) = course.sections[0].notebooks
    nb = json.loads(path.read_text(encoding="utf-8"))
    nb["cells"][1]["source"] += f"\n\nA colleague wrote:\n\n```python\n{independent()[5]}```"
    path.write_text(json.dumps(nb), encoding="utf-8")
    assert pairs(compared()) == []


def test_a_group_is_not_compared_within(a_class, compared, course):
    a_class(zoe=independent()[5])
    groups = course.root / "groups.csv"
    groups.write_text("group,student\nred,s05\nred,zoe\n", encoding="utf-8")
    assert pairs(compared()) == []
    groups.write_text("group,student\nred,s05\nblue,zoe\nblue,s04\n", encoding="utf-8")
    assert pairs(compared()) == [("s05", "zoe")]


def test_marked_parts_are_the_same_on_both_sides(a_class, compared):
    a_class(zoe=disguised("names", independent()[5]))
    sides = compared().pairs[0].sides
    for side in sides:
        edges = [edge for span in side.spans for edge in span[:2]]
        assert edges == sorted(edges) and edges[-1] <= len(side.text)
    one, other = (
        {s.number: len(side.text[s.start : s.end].split()) for s in side.spans if s.number != GIVEN}
        for side in sides
    )
    assert one.keys() == other.keys() and len(one) >= 1
    assert sum(other.values()) > 0.6 * len(sides[1].text.split())


HOSTILE = {
    "deep": "x = " + "(" * 9_000,
    "sum": "def max_pool(image):\n    return " + "1+" * 20_000 + "1",
    "long": "x = 1\n" * 30_000,
    "many": "\n".join(f"a{n} = a{n - 1} + {n}" for n in range(2_500)),
    "same": "x = x + 1\n" * 6_000,
    "exit": "import os\nos._exit(0)\nopen('ran', 'w').close()",
    "nul": "x\0 = 1\r\f\v\u202e\u2066",
}


def test_hostile_answers_keep_nobody_else_waiting(a_class, compared, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a_class(zoe=independent()[5], **HOSTILE)
    trouble: dict[str, str] = {}
    assert ("s05", "zoe") in pairs(compared(trouble.setdefault))
    assert "longer than" in trouble["long"] and trouble.keys() <= HOSTILE.keys()
    assert not (tmp_path / "ran").exists()


def test_two_hostile_answers_that_are_alike_are_shown_in_time(a_class, compared):
    a_class(yan=HOSTILE["many"], zoe=HOSTILE["many"], vic=HOSTILE["same"], win=HOSTILE["same"])
    assert ("yan", "zoe") in pairs(compared())


def test_what_cannot_be_read_is_told_and_the_others_are_compared(a_class, compared, course):
    a_class(zoe=independent()[5])
    for student, data in {"bad": b"no notebook", "no": b""}.items():
        target = course.submitted(student, "01-pooling") / "pooling.ipynb"
        target.parent.mkdir(parents=True)
        target.write_bytes(data)
    (course.submitted("ann", "01-pooling")).mkdir(parents=True)
    trouble: dict[str, str] = {}
    assert pairs(compared(trouble.setdefault)) == [("s05", "zoe")]
    assert trouble.keys() == {"bad", "no"} and "not JSON" in trouble["bad"]


def test_only_the_reader_parses_what_students_wrote(a_class, compared, monkeypatch):
    seen = []
    parse = tokens.ast.parse
    monkeypatch.setattr(tokens.ast, "parse", lambda text, *a, **k: seen.append(text) or parse(text))
    a_class(zoe=independent()[5])
    assert compared().pairs and not [text for text in seen if "biggest" in str(text)]
    assert tokens.READER._process is None  # and it is gone when all is done
