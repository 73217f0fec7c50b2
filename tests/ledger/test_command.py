"""`course claims`: the ledger on the terminal, as JSON, measured."""

import json

import pytest

from course.cli import main

from .courses import CLAIM, course_with


@pytest.fixture
def say(tmp_path, capsys):
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["claims", "--course", str(tmp_path), *arguments])
        return status, *capsys.readouterr()

    return run


def test_a_claim_without_a_measurement_ends_it_with_1_and_says_what_to_do(tmp_path, say):
    course_with(tmp_path)
    status, out, err = say()
    assert status == 1 and "coins" in out and "missing" in out
    assert "1 claim, 0 hold, 1 does not stand." in out
    remedy = "Measure it: `course claims coins --measure`."
    assert err.strip() == f"01-sums: Claim 'coins' was never measured. {remedy}"


def test_measured_it_shows_figure_interval_day_and_that_it_holds(tmp_path, say):
    course_with(tmp_path)
    status, out, err = say("--measure")
    assert status == 0 and "Measured: coins" in err
    assert "0.605 (0.602 to 0.607)" in out and "> 0.5" in out and "holds" in out
    assert say() == (0, out, "")


def test_a_single_claim_or_a_section_may_be_named(tmp_path, say):
    course_with(tmp_path, CLAIM + CLAIM.replace("coins", "stones"))
    assert say("stones", "--measure")[0] == 0
    assert "coins" not in say("stones")[1] and say("01")[0] == 1


def test_what_is_declared_unmeasured_is_measured_only_where_it_is_named(tmp_path, say):
    waits = CLAIM.replace('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, unmeasured="too long",')
    course_with(tmp_path, waits)
    status, out, err = say("--measure")
    assert (status, err) == (0, "") and "1 claim, 0 hold, 1 unmeasured." in out
    assert "Measured: coins" in say("coins", "--measure")[2]


def test_json_has_a_line_for_each_claim(tmp_path, say):
    course_with(tmp_path)
    status, out, _ = say("--measure", "--json", "-")
    (row,) = map(json.loads, out.splitlines())
    assert status == 0 and (row["claim"], row["state"], row["section"]) == (
        "coins",
        "holds",
        "01-sums",
    )
    assert row["figures"]["heads"]["mean"] == pytest.approx(0.6045)


def test_quiet_shows_complaints_only(tmp_path, say):
    course_with(tmp_path)
    assert say("--measure", "--quiet") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bones"], "no section and no claim 'bones'"),
        (["--json", "/no/folder/x.jsonl"], "--json cannot write"),
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(tmp_path, say, arguments, words):
    course_with(tmp_path)
    status, out, err = say(*arguments)
    assert (status, out) == (2, "") and words in err and err.count("\n") == 1


def test_a_course_without_a_ledger_ends_with_2(tmp_path, say):
    course_with(tmp_path)
    (tmp_path / "claims" / "sums.py").unlink()
    (tmp_path / "claims").rmdir()
    status, _, err = say()
    assert status == 2 and "keeps no ledger" in err


def test_a_measurement_that_fails_ends_with_1_and_its_reason(tmp_path, say):
    course_with(tmp_path, CLAIM.replace("return {", "1 / 0; return {"))
    status, _, err = say("--measure")
    assert status == 1 and "coins(0) raised ZeroDivisionError: division by zero" in err
