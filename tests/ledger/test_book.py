"""Claims as declared, what is kept of them, and how they stand."""

import json

import pytest
from filelock import FileLock

from course.errors import CourseError
from course.ledger import book, kept, measuring
from course.ledger.declared import read_claims
from course.ledger.standing import standing

from .courses import CLAIM, SECTION, course_with, measured


def the_entry(course):
    (entry,) = book.entries(course)
    return entry


def test_a_claim_is_read_and_not_run(tmp_path):
    path = tmp_path / "sums.py"
    path.write_text("import there_is_no_such_module\n" + CLAIM, encoding="utf-8")
    (found,) = read_claims(path)
    assert (found.name, found.seeds, found.holds) == ("coins", 10, {"heads": "> 0.5"})


def test_a_name_may_stand_for_what_the_module_assigns(tmp_path):
    path = tmp_path / "sums.py"
    path.write_text('COINS = "10 coins"\n' + CLAIM.replace('"10 simulated coins"', "COINS"))
    assert read_claims(path)[0].over == "10 coins"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('over="10 simulated coins",\n', "", "over"),
        ('"> 0.5"', '">= 0.5"', "is no condition"),
        ('{"heads": "> 0.5"}', "{}", "holds is empty"),
        ('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, seeds=9,', "seeds=9 are too few"),
        ('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, interval="z",', "interval 'z' is unknown"),
        ('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, profile="slow",', "profile 'slow'"),
        ('"coins",', "name(),", "malformed"),
    ],
)
def test_a_claim_that_cannot_be_read_names_file_line_and_form(tmp_path, old, new, words):
    path = tmp_path / "sums.py"
    path.write_text(CLAIM.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError, match=words) as error:
        read_claims(path)
    assert "sums.py, line 5" in error.value.what and "@claim(" in error.value.remedy


def test_what_is_measured_is_kept_with_interval_date_and_versions(tmp_path):
    entry = the_entry(measured(course_with(tmp_path)))
    record = json.loads(entry.kept.read_text(encoding="utf-8"))
    assert record["values"]["heads"] == pytest.approx([0.6 + seed / 1000 for seed in range(10)])
    assert record["figures"]["heads"]["mean"] == pytest.approx(0.6045)
    assert record["figures"]["heads"]["interval"] == "mean, Student's t, 95 %"
    assert set(record["versions"]) == {"keras", "tensorflow", "numpy", "scikit-learn"}
    assert record["date"][:2] == "20" and record["profile"] == "fast" and record["seconds"] >= 0
    assert standing(entry).state == "holds"


def noting(log, claims=CLAIM, then=""):
    """Have a measurement write each seed into a file first, and then do something more."""
    note = (
        f"with open({str(log)!r}, 'a') as file:\n        file.write(f'{{seed}} ')\n    {then}\n    "
    )
    return "import os\n" + claims.replace("return {", note + "return {")


def test_an_interrupted_measurement_goes_on_with_the_seeds_that_are_done(tmp_path):
    log, go = tmp_path / "calls", tmp_path / "go"
    stop = f"if seed == 6 and not os.path.exists({str(go)!r}): raise KeyboardInterrupt"
    course = course_with(tmp_path, noting(log, then=stop))
    with pytest.raises(KeyboardInterrupt):
        measured(course)
    assert not the_entry(course).kept.exists()
    go.touch()
    measured(course)
    assert log.read_text().split() == [*"0123456", *"6789"]
    assert standing(the_entry(course)).state == "holds"


def test_what_an_interrupted_round_has_kept_is_not_measured_twice(tmp_path):
    log = tmp_path / "calls"
    first, stones = noting(log), CLAIM.replace("coins", "stones")
    stop = stones.replace("return {", "raise KeyboardInterrupt; return {")
    course = course_with(tmp_path, first + stop)
    with pytest.raises(KeyboardInterrupt):
        measured(course)
    (tmp_path / "claims" / "sums.py").write_text(first + stones)
    measured(course)
    assert log.read_text().split() == [*"0123456789"]
    measured(course)  # another round
    assert log.read_text().split() == [*"0123456789"] * 2


def test_a_measurement_that_fails_names_function_seed_and_reason(tmp_path):
    course = course_with(tmp_path, CLAIM.replace("return {", "1 / 0; return {"))
    with pytest.raises(CourseError, match=r"coins\(0\) raised ZeroDivisionError"):
        measured(course)
    assert not the_entry(course).kept.exists()


@pytest.mark.parametrize("gives", ["0.5", "{}", '{"tails": 0.5}', '{"heads": float("nan")}'])
def test_a_measurement_that_gives_no_figures_is_refused(tmp_path, gives):
    course = course_with(tmp_path, CLAIM.replace('{"heads": 0.6 + seed / 1000}', gives))
    with pytest.raises(CourseError, match="coins"):
        measured(course)
    assert not the_entry(course).kept.exists()


def change(course, **changes):
    path = the_entry(course).kept
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record | changes), encoding="utf-8")


def test_a_figure_that_was_changed_by_hand_is_refused(tmp_path):
    course = measured(course_with(tmp_path))
    figures = {"heads": {"mean": 0.7, "low": 0.6, "high": 0.8}}
    change(course, figures=figures)
    with pytest.raises(CourseError, match="its values give"):
        standing(the_entry(course))


@pytest.mark.parametrize("text", ["", "[]", '{"values": 3}', "{"])
def test_a_kept_file_that_is_none_is_told(tmp_path, text):
    course = measured(course_with(tmp_path))
    the_entry(course).kept.write_text(text)
    with pytest.raises(CourseError, match="is no kept measurement"):
        standing(the_entry(course))


def test_a_claim_without_a_measurement_is_missing(tmp_path):
    one = standing(the_entry(course_with(tmp_path)))
    assert (one.state, one.is_open) == ("missing", True) and "--measure" in one.remedy


def test_a_claim_that_is_declared_unmeasured_waits(tmp_path):
    claims = CLAIM.replace('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, unmeasured="too long",')
    course = course_with(tmp_path, claims)
    assert standing(the_entry(course)).is_open is False
    one = standing(the_entry(measured(course)))
    assert one.is_open and "Take unmeasured= out" in one.remedy


def test_a_claim_whose_interval_does_not_support_it_fails(tmp_path):
    course = measured(course_with(tmp_path, CLAIM.replace("> 0.5", "> 0.604")))
    one = standing(the_entry(course))
    assert one.state == "fails" and "heads is 0.605 (0.602 to 0.607), not > 0.604" in one.message


def test_a_claim_that_was_measured_on_fewer_seeds_is_told(tmp_path):
    course = measured(course_with(tmp_path))
    path = tmp_path / "claims" / "sums.py"
    path.write_text(CLAIM.replace('"> 0.5"},', '"> 0.5"}, seeds=11,'))
    assert standing(the_entry(course)).state == "too few seeds"


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("0.6 + ", "0.7 + ", "out of date"),
        ("def coins(seed):", "def coins(seed):\n    # a comment", "holds"),
        ("def coins(seed):", 'def coins(seed):\n    """Say more."""', "holds"),
        ("over=", "seeds=10,\n    over=", "holds"),
    ],
)
def test_a_measurement_is_out_of_date_once_its_code_changes(tmp_path, old, new, state):
    course = measured(course_with(tmp_path))
    (tmp_path / "claims" / "sums.py").write_text(CLAIM.replace(old, new))
    assert standing(the_entry(course)).state == state


def test_so_it_is_once_what_the_code_uses_changes(tmp_path):
    claims = (
        "BASE = 0.6\n" + CLAIM.replace("0.6 +", "_base() +") + "\ndef _base():\n    return BASE\n"
    )
    course = measured(course_with(tmp_path, claims))
    assert standing(the_entry(course)).state == "holds"
    path = tmp_path / "claims" / "sums.py"
    path.write_text(claims.replace("BASE = 0.6", "BASE = 0.7"))
    assert standing(the_entry(course)).state == "out of date"


@pytest.mark.parametrize(
    ("shared", "state"),
    [
        ("BASE = 0.6  # a comment", "holds"),
        ('"""Say more."""\n\nBASE = 0.6', "holds"),
        ("BASE = 0.7", "out of date"),
    ],
)
def test_modules_of_claims_share_code_that_is_part_of_the_measurement(tmp_path, shared, state):
    claims = CLAIM.replace("0.6 +", "common.BASE +")
    course = course_with(tmp_path, "from . import common\n" + claims)
    path = tmp_path / "claims" / "common.py"
    path.write_text("BASE = 0.6\n")
    assert standing(the_entry(measured(course))).state == "holds"
    path.write_text(shared)
    assert standing(the_entry(course)).state == state


def test_a_module_that_no_measurement_uses_makes_no_difference(tmp_path):
    course = course_with(tmp_path, "from .common import BASE\n" + CLAIM)
    (tmp_path / "claims" / "common.py").write_text("BASE = 0.6\n")
    measured(course)
    (tmp_path / "claims" / "common.py").write_text("BASE = 0.7\n")
    assert standing(the_entry(course)).state == "holds"


def test_two_claims_of_one_id_are_refused(tmp_path):
    with pytest.raises(CourseError, match="'coins' stands in"):
        book.entries(course_with(tmp_path, CLAIM + CLAIM))


def test_claims_are_picked_by_section_and_by_id(tmp_path):
    course = course_with(tmp_path, CLAIM + CLAIM.replace('"coins"', '"stones"'))
    names = lambda picked: [entry.claim.name for entry in book.pick(course, picked)]  # noqa: E731
    assert names(None) == names([SECTION]) == names(["01"]) == ["coins", "stones"]
    assert names(["stones"]) == ["stones"] and names(["stones", "01"]) == ["stones", "coins"]
    with pytest.raises(CourseError, match="no section and no claim 'bones'") as error:
        book.pick(course, ["bones"])
    assert "01-sums" in error.value.remedy and "stones" in error.value.remedy


def test_a_course_without_a_ledger_is_told_how_to_begin_one(tmp_path):
    course = course_with(tmp_path)
    (tmp_path / "claims" / "sums.py").unlink()
    (tmp_path / "claims").rmdir()
    with pytest.raises(CourseError, match="keeps no ledger"):
        book.pick(course, None)


def test_the_seconds_of_all_seeds_are_added_up(tmp_path):
    course = course_with(
        tmp_path, CLAIM.replace("return {", "__import__('time').sleep(0.01); return {")
    )
    entry = the_entry(measured(course))
    assert kept.read(entry.kept, entry.claim).seconds >= 0.1


def test_a_part_that_another_function_left_is_not_used(tmp_path):
    course = course_with(tmp_path)
    part = tmp_path / measuring.PARTS / "coins.json"
    part.parent.mkdir(parents=True)
    rows = [{"seconds": 1.0, "row": {"heads": 0.1}}] * 10
    part.write_text(json.dumps({"digest": "another", "rows": rows}))
    assert standing(the_entry(measured(course))).state == "holds"
    assert not part.exists()


def test_two_do_not_measure_at_once(tmp_path):
    course = course_with(tmp_path)
    folder = tmp_path / measuring.PARTS
    folder.mkdir(parents=True)
    with FileLock(folder / "measuring.lock"), pytest.raises(CourseError, match="is at work in"):
        measured(course)
    assert standing(the_entry(measured(course))).state == "holds"


def test_a_sections_claims_may_stand_in_several_files(tmp_path):
    course = course_with(tmp_path)
    more = CLAIM.replace('"coins"', '"dice"').replace("def coins", "def dice")
    (course.root / book.FOLDER / "sums_of_dice.py").write_text(more, encoding="utf-8")
    (course.root / book.FOLDER / "sumsets.py").write_text(more, encoding="utf-8")  # no section's
    assert [entry.claim.name for entry in book.entries(course)] == ["coins", "dice"]
    measuring.measure(course, book.entries(course))
    assert all(entry.kept.is_file() for entry in book.entries(course))
