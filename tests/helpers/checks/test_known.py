"""In a notebook the words of a mistake are sealed: who makes it reads them, and nobody else."""

import json

from helpers import checks
from helpers.checks import known
from helpers.checks.seen import Log, noted_in

import pytest

SQUARE = "That is the square: twice is another thing. Ünïcode, too."


def example(f):
    checks.function(f).returns((2,), 4).returns((3,), 6)


def said(f, test=example) -> str:
    with pytest.raises(checks.CheckFailed) as failed:
        test(f)
    return str(failed.value)


@pytest.fixture
def seal(tmp_path, monkeypatch):
    """Return a function that puts the words of a mistake into a table of its own."""
    monkeypatch.setattr(known, "FOLDER", tmp_path)
    known.tables.cache_clear()

    def seal(wrong, words=SQUARE, test=example) -> str:
        notes = Log()
        with noted_in(notes), pytest.raises(checks.CheckFailed) as failed:
            test(wrong)
        place, sealed = known.sealed_words("01", notes.entries, failed.value.layer, words)
        (tmp_path / "01.json").write_text(json.dumps({place: sealed}), encoding="utf-8")
        return (tmp_path / "01.json").read_text(encoding="utf-8")

    yield seal
    known.tables.cache_clear()


def named(name, function):
    function.__name__ = name
    return function


def test_who_makes_the_mistake_reads_its_words(seal):
    seal(named("f", lambda x: x**2))
    assert said(named("f", lambda x: x * x)).endswith(f"it should be 6.\n{SQUARE}")


def test_who_makes_another_reads_none(seal):
    seal(named("f", lambda x: x**2))
    assert SQUARE not in said(named("f", lambda x: 9))
    assert SQUARE not in said(named("f", lambda x: 4))
    assert SQUARE not in said(named("g", lambda x: x * x))


def test_the_same_number_of_another_example_is_no_mistake(seal):
    seal(named("f", lambda x: x**2))
    assert SQUARE not in said(
        named("f", lambda x: 9), lambda f: checks.function(f).returns((3,), 6)
    )


def test_nothing_can_be_read_in_the_table(seal):
    table = seal(named("f", lambda x: x**2))
    assert "square" not in table and "9" not in json.loads(table)


def test_a_mistake_that_raises_is_found(seal):
    def wrong(x):
        raise IndexError

    seal(named("f", wrong))
    assert said(named("f", lambda x: [][x])).endswith(SQUARE)


def test_a_value_is_found_at_a_property(seal):
    def test(v):
        checks.value(shape=v).holds("it has three parts", lambda s: len(s) == 3)

    seal((1, 2), test=test)
    assert said([1, 2], test).endswith(SQUARE)
    assert SQUARE not in said((2, 1), test)


def test_a_mistake_that_shows_in_what_is_no_plain_data_is_told_to_nobody(seal):
    with pytest.raises(known.Undigested):
        seal(lambda f: 7, test=lambda f: checks.function(f).returns((len,), 3))


def test_each_cell_begins_anew(seal):
    from IPython.core.interactiveshell import InteractiveShell

    seal(named("f", lambda x: x**2))
    shell = InteractiveShell.instance()
    try:
        shell.run_cell("from helpers import checks\ndef f(x):\n    return x * x\ntold = []")
        test = (
            "try:\n    checks.function(f).returns((2,), 4).returns((3,), 6)\n"
            "except checks.CheckFailed as failed:\n    told.append(str(failed))"
        )
        for _ in range(2):
            shell.run_cell(test)
        assert [text.endswith(SQUARE) for text in shell.user_ns["told"]] == [True, True]
    finally:
        InteractiveShell.clear_instance()


def test_every_table_of_ours_is_read():
    assert all(len(place) == 20 for table in known.tables().values() for place in table)
    assert known.tables()
