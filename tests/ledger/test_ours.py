"""The ledger of this course: every claim is measured, but for a list that only shrinks."""

import json
import re
from pathlib import Path

import pytest

from course.folder import open_course
from course.ledger import book
from course.ledger.standing import HOLDS, UNMEASURED, standing

COURSE = open_course(Path(__file__).parents[2])
ENTRIES = book.entries(COURSE)
WAITING: set[str] = set()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.claim.name)
def test_each_claim_holds_or_is_known_to_wait(entry):
    one = standing(entry)
    assert one.state == (UNMEASURED if entry.claim.name in WAITING else HOLDS), one.message


def test_what_is_known_to_wait_does():
    assert {entry.claim.name for entry in ENTRIES if entry.claim.unmeasured} == WAITING


def test_nothing_is_kept_of_a_claim_that_is_gone():
    kept = {path.stem for path in (COURSE.root / book.FOLDER / book.KEPT).glob("*.json")}
    assert kept <= {entry.claim.name for entry in ENTRIES}


def test_what_is_kept_says_what_is_declared():
    for entry in ENTRIES:
        record = json.loads(entry.kept.read_text(encoding="utf-8"))
        said = record["meaning"], record["over"]
        assert said == (entry.claim.meaning, entry.claim.over), entry.kept


def test_each_module_belongs_to_a_section_or_is_used_by_one():
    folder = COURSE.root / book.FOLDER
    own = {
        module.name for section in COURSE.sections for module in book.modules_of(COURSE, section)
    }
    shared = {path.name for path in folder.glob("*.py")} - own
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    told = re.findall(r"^from \.(\w*) import ([\w, ]+)$", texts, re.MULTILINE)
    used = {name for module, names in told for name in [module, *names.split(", ")]}
    assert [name for name in shared if name.removesuffix(".py") not in used] == []
