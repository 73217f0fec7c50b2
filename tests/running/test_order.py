"""The longest notebook begins first, whatever its place in the course."""

import json

from course.running.order import longest_first
from course.running.run import run
from tests.builders import code, make_course

FEW, MUCH, NONE = "model.fit(x, y)", "fit_once(1)\nstudy.optimize(f)\nmodel.fit(x, y)", "1 + 1"


def plan_of(tmp_path, **cells):
    sections = {
        f"0{k}-{name}": {name: [code(text)]} for k, (name, text) in enumerate(cells.items())
    }
    course = make_course(tmp_path, sections)
    return course, [(section, path) for section in course.sections for path in section.notebooks]


def write_times(folder, seconds: dict[tuple[str, str], object], status: str = "ok") -> None:
    rows = [
        {"section": section, "notebook": name, "seconds": took, "status": status}
        for (section, name), took in seconds.items()
    ]
    folder.mkdir(exist_ok=True)
    (folder / "times.json").write_text(json.dumps(rows))


def test_before_any_run_what_trains_most_begins(tmp_path):
    _, plan = plan_of(tmp_path, none=NONE, few=FEW, much=MUCH)
    assert longest_first(plan, tmp_path / "out") == [2, 1, 0]


def test_then_it_is_the_last_run_that_tells(tmp_path):
    _, plan = plan_of(tmp_path, none=NONE, few=FEW, much=MUCH)
    write_times(tmp_path / "out", {("00-none", "none"): 9.0, ("02-much", "much"): 3.0})
    assert longest_first(plan, tmp_path / "out") == [1, 0, 2]  # nobody knows how long the first is


def test_what_failed_has_told_nothing_of_its_time(tmp_path):
    _, plan = plan_of(tmp_path, none=NONE, few=FEW)
    write_times(tmp_path / "out", {("00-none", "none"): 1.0, ("01-few", "few"): 2.0}, "failed")
    assert longest_first(plan, tmp_path / "out") == [1, 0]


def test_a_table_that_is_none_is_passed_over(tmp_path):
    _, plan = plan_of(tmp_path, none=NONE, few=FEW)
    for text in ("", "{}", '[{"section": 1}]', "[7]"):
        (tmp_path / "times.json").write_text(text)
        assert longest_first(plan, tmp_path) == [1, 0]


def test_the_results_come_in_the_courses_order(tmp_path):
    course, _ = plan_of(tmp_path, none=NONE, few="fit = print\nfit(2)")
    begun = []
    results = run(
        course,
        course.sections,
        jobs=1,
        out=tmp_path / "out",
        report=lambda name, done, total: begun.append(name),
    )
    assert list(dict.fromkeys(begun)) == ["01-few/few.ipynb", "00-none/none.ipynb"]
    assert [(r.section, r.status) for r in results] == [("00-none", "ok"), ("01-few", "ok")]
