"""What a lesson claims is measured, pointed to, and no more than the ledger has."""

import json

import pytest

from course import gate
from course.gate.evidence import Evidence
from course.gate.prose import find_unproven_numbers
from course.ledger import book, measuring
from tests.builders import markdown, notebook, written_answer
from tests.gate.lessons import SECTION, course_of, found_in, good_cells
from tests.ledger.courses import CLAIM

POINTING = "It comes up more often: 0.60 of the throws. <!-- claim: coins -->"


@pytest.fixture
def found(tmp_path):
    """Return a function: have the good lesson say something, and get what rules on claims find."""

    def find(says: str, claims: str = CLAIM, *, measured: bool = True, change=None) -> list[str]:
        cells = [*good_cells(), markdown(says, id="says")]
        course = course_of(tmp_path, cells)
        (tmp_path / book.FOLDER).mkdir()
        (tmp_path / book.FOLDER / "sums.py").write_text(claims, encoding="utf-8")
        if measured:
            measuring.measure(course, book.entries(course))
        if change:
            change(tmp_path / book.FOLDER / book.KEPT / "coins.json")
        told = gate.check(course, course.sections, run=False)
        return [f"{one.rule}: {one.message}" for one in told]

    return find


def test_a_claim_that_holds_and_is_pointed_to_is_fine(found):
    assert found(POINTING) == []


def test_an_empirical_sentence_without_a_mark_is_found(found):
    (one,) = found(f"{POINTING}\n\nA bent coin is better than the straight one.")
    said = '"A bent coin is better than the straight …"'
    assert one == f"claim-mark: {said} says 'better' and points to no claim."


def test_it_may_say_that_it_claims_nothing_and_why(found):
    assert found(f"{POINTING}\n\nA bent coin is better. <!-- no claim: published -->") == []


def test_a_reason_is_one_of_a_few(found):
    (one,) = found(f"{POINTING}\n\nA bent coin is better. <!-- no claim: everybody knows -->")
    assert one == "claim-known: 'everybody knows' is no reason not to claim."


def test_an_id_that_does_not_exist_is_found(found):
    (one,) = found(f"{POINTING} It is bent. <!-- claim: stones -->")
    assert one == "claim-known: There is no claim 'stones'."


def test_a_mark_that_is_written_wrongly_is_found(found):
    (one,) = found(f"{POINTING} It is bent. <!-- claim: The Stones -->")
    assert one == "claim-known: The comment 'claim: The Stones' is no mark."


def test_a_figure_that_is_not_the_ledgers_is_found(found):
    (one,) = found(POINTING.replace("0.60", "0.62"))
    assert one.startswith(
        'claim-figures: "It comes up more often: 0.62 of the …" says 0.62; coins:'
    )
    assert "heads 0.605 (0.602 to 0.607)" in one


def test_a_claim_whose_interval_does_not_support_it_is_found_where_it_is_pointed_to(found):
    (one,) = found(POINTING, CLAIM.replace("> 0.5", "> 0.604"))
    assert one.startswith("claim-stands: Claim 'coins' does not hold: heads is 0.605")


def test_a_claim_that_was_never_measured_is_found(found):
    assert "claim-stands: Claim 'coins' was never measured." in found(POINTING, measured=False)


def test_a_ledger_entry_with_fewer_than_ten_seeds_is_found(found):
    def shorten(path):
        record = json.loads(path.read_text(encoding="utf-8"))
        record["values"]["heads"] = [0.6, 0.601, 0.602]
        mean, low, high = 0.601, 0.598516, 0.603484
        record["figures"]["heads"] |= {"mean": mean, "low": low, "high": high}
        path.write_text(json.dumps(record), encoding="utf-8")

    (one,) = found(POINTING, change=shorten)
    assert one == "claim-stands: Claim 'coins' was measured on 3 seeds, not on 10."


def test_a_claim_that_says_it_needs_no_ten_seeds_is_found(found):
    few = CLAIM.replace('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, seeds=3,')
    (one,) = found("Nothing is said.", few, measured=False)
    assert one.startswith("claim-ledger:") and "seeds=3 are too few" in one


def test_a_claim_that_no_sentence_points_to_is_found(found):
    (one,) = found("Nothing is said.")
    assert one == "claim-used: No sentence points to the claim 'coins'."


def test_a_kept_file_that_was_changed_is_found_once(found):
    (one,) = found(POINTING, change=lambda path: path.write_text("{}"))
    assert one.startswith("claim-ledger:") and "is no kept measurement" in one


def test_a_claim_that_waits_is_a_note_and_no_finding(found, tmp_path):
    waits = CLAIM.replace('{"heads": "> 0.5"},', '{"heads": "> 0.5"}, unmeasured="too long",')
    assert found("Here it came up. <!-- claim: coins -->", waits, measured=False) == []
    course = course_of(tmp_path, good_cells())
    assert gate.open_claims(course, course.sections) == "Claims that wait for a measurement: coins."


def test_tasks_and_answers_are_not_held_to_it(tmp_path):
    task = (
        "### Exercise 1.9 · Better? (2 points, about 5 minutes; read by a person)\n\nIt is better."
    )
    cells = [*good_cells(), markdown(task, id="x-task"), written_answer("x", "It is worse.")]
    course = course_of(tmp_path, cells)
    (tmp_path / book.FOLDER).mkdir()
    told = gate.check(course, course.sections, run=False)
    assert not [one for one in told if one.rule.startswith("claim")]


def test_a_course_without_a_ledger_is_not_held_to_it(tmp_path):
    cells = [*good_cells(), markdown("It is better. <!-- claim: stones -->", id="says")]
    assert found_in(course_of(tmp_path, cells)) == {}


def test_a_figure_of_a_claim_needs_no_other_proof(tmp_path):
    claimed = notebook([markdown("It is 0.605. <!-- claim: coins -->"), markdown("It is 0.706.")])
    problems = find_unproven_numbers(Evidence(None, claimed))
    assert [one.message for one in problems] == ["No output and no assert has the number 0.706."]


def test_the_rules_name_the_section(tmp_path):
    course = course_of(tmp_path, [*good_cells(), markdown("It is better.", id="says")])
    (tmp_path / book.FOLDER).mkdir()
    (one,) = gate.check(course, course.sections, run=False)
    assert (one.section, one.cell, one.rule) == (SECTION, "says", "claim-mark")
