"""A grammar that takes a second to build is built where it is used, and does what it did."""

from __future__ import annotations

import subprocess
import sys

import pytest

BUILT = "'rfc3987_syntax.syntax_helpers' in sys.modules"
CHECK = (
    "schema = {'format': 'iri'}\n"
    "checker = jsonschema.Draft202012Validator.FORMAT_CHECKER\n"
    "valid = jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid\n"
)


def told(code: str) -> str:
    """Run code in a process of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_reading_notebooks_builds_none():
    code = "import course.notebook.reading, nbformat, jsonschema\n"
    code += "nbformat.validate(nbformat.v4.new_notebook())"
    assert told(f"{code}\nprint({BUILT})") == "False"


@pytest.mark.parametrize("first", ["import course", "pass"])
def test_an_address_is_checked_as_without_us(first):
    asked = "print(valid('http://例え.jp/ä'), valid('no address'), valid('a:b'), valid(3))"
    code = f"{first}\nimport jsonschema\n{CHECK}{asked}\nprint({BUILT})"
    assert told(code) == "True False True True\nTrue"


def test_its_other_names_are_there():
    code = "import course\nfrom rfc3987_syntax import parse\nimport rfc3987_syntax as all\n"
    code += "print(parse('iri', 'a:b').data, all.utils.__name__, hasattr(all, 'nothing'))"
    assert told(code) == "iri rfc3987_syntax.utils False"


def test_one_that_is_imported_already_stays():
    code = "import rfc3987_syntax as before\nimport course, rfc3987_syntax as after\n"
    assert told(f"{code}print(before is after, after.is_valid_syntax('iri', 'a:b'))") == "True True"
