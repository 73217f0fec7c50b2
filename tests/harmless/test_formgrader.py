"""Formgrader's own templates, as they are filled with names that students have."""

import json
import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.harmless.formgrader import HarmlessExporter, _templates

LISTS = {
    "manage_students_assignments.tpl": ("student_id",),
    "manage_students_notebook_submissions.tpl": ("student_id", "assignment_id"),
    "gradebook_notebook_submissions.tpl": ("assignment_id", "notebook_id"),
    "gradebook_notebooks.tpl": ("assignment_id",),
    "manage_submissions.tpl": ("assignment_id",),
}
NAMES = [
    "O'Neil",
    "a&b",
    "王",
    '";alert(1);"',
    "</script><script>",
    "\\",
    "\n;alert(1)//",
    "\u2028",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", LISTS)
def test_a_name_is_the_same_name_in_a_lists_script_and_text_on_its_page(template, name):
    names = LISTS[template]
    page = _templates().get_template(template).render(base_url="", **dict.fromkeys(names, name))
    for variable in names:
        (told,) = re.findall(rf"var {variable} = (.*);\n", page)
        assert json.loads(told) == name and "<" not in told
    plain = _templates().get_template(template).render(base_url="", **dict.fromkeys(names, "ann"))
    assert page.count("<script") == plain.count("<script")


def test_a_template_gets_all_that_formgrader_gives_it():
    page = (
        _templates()
        .get_template("manage_submissions.tpl")
        .render(base_url="/user/ann", assignment_id="01-sums", course_dir="/course")
    )
    assert 'var base_url = "/user/ann";' in page and "/course" in page


def test_code_is_coloured_but_for_what_would_keep_the_lexer_busy():
    long = 'x = "%' + "0" * 100_000 + '"'
    cells = [new_code_cell("def f(x):\n    return x"), new_code_cell(long)]
    page, _ = HarmlessExporter().from_notebook_node(new_notebook(cells=cells))
    assert page.count('<span class="k">def</span>') == 1
    blank = new_notebook(cells=[new_code_cell("x = 1" + "\t\t\n" * 12_000)])
    assert 'class="n"' not in HarmlessExporter().from_notebook_node(blank)[0]
    assert f"x = &quot;%{'0' * 1000}" in page or f'x = "%{"0" * 1000}' in page


def test_no_answer_chooses_the_language_in_which_it_is_coloured():
    # Perl's lexer takes half a minute for some forty kilobytes.
    perl = "my $x = 1;"
    cells = [
        new_code_cell(f"%%perl\n{perl}"),
        new_code_cell(f"x = 1\n%%perl\n{perl}"),
        new_code_cell(perl, metadata={"magics_language": "perl"}),
    ]
    nb = new_notebook(cells=cells, metadata={"language_info": {"name": "perl"}})
    page, _ = HarmlessExporter().from_notebook_node(nb)
    assert page.count('<span class="n">my</span>') == 3
