"""What takes long is taken first, and what shares a process stays together."""

from pathlib import Path

from tests.hostile.corpus import GROUPS
from tests.scheduling import APART, BATCHES, LONGEST, TOGETHER, place, unit

TESTS = Path(__file__).resolve().parent


def test_the_files_that_are_named_exist():
    assert not [
        name for name in (*LONGEST, *APART, *TOGETHER, BATCHES) if not (TESTS / name).is_file()
    ]


def test_a_file_stays_together():
    assert unit("tests/a/test_b.py::test_c[1-2]") == unit("tests/a/test_b.py::test_d")


def test_a_batch_of_the_corpus_stays_together_apart_from_the_others():
    file = f"tests/{BATCHES}"
    assert unit(f"{file}::test_a[sums-calm-lying-one]") == unit(f"{file}::test_b[sums-calm]")
    assert unit(f"{file}::test_a[sums-calm-lying-one]") != unit(
        f"{file}::test_a[sums-quick-deaths-one]"
    )


def test_files_that_share_something_stay_together():
    words = GROUPS["words"].batch
    of_corpus = unit(f"tests/{BATCHES}::test_a[{words}]")
    assert unit("tests/browser/test_hostile_formgrader.py::test_a") == of_corpus
    lab = {unit(f"tests/browser/test_{name}.py::test_a") for name in ("student", "drawing")}
    assert len(lab) == 1 and lab != {unit("tests/browser/test_demo.py::test_a")}


def test_tests_that_share_nothing_are_taken_one_by_one():
    assert len({unit(f"tests/{APART[0]}::test_a[{name}]") for name in "xy"}) == 2


def test_long_files_come_first():
    others = ["tests/a/test_b.py::test_c", *(f"tests/{name}::test_x" for name in LONGEST[::-1])]
    assert sorted(others, key=place)[0].startswith(f"tests/{LONGEST[0]}")
    assert sorted(others, key=place)[-1] == others[0]
