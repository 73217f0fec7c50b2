"""A reader's first `import keras` in `course lab`, where the kernel is a warm one."""

from __future__ import annotations

import pytest

from tests.browser.notebook import wait_until
from tests.builders import code, make_course, markdown, write_notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

CELLS = [code("import keras", id="first")]
KERNEL_IS_IDLE = """() => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    return panel?.sessionContext?.session?.kernel?.status === "idle";
}"""
RUN_FIRST_CELL = """async () => {
    await window.jupyterapp.commands.execute("notebook:run-cell-and-select-next");
}"""
FIRST_CELL = "() => window.jupyterapp.shell.currentWidget.content.model.cells.get(0).toJSON()"


def test_the_first_import_says_nothing_and_no_menu_is_for_instructors(
    tmp_path, jupyter, page, token
):
    root = tmp_path / "course"
    root.mkdir()
    course = make_course(root, {"01-a": {"a": [markdown("# A")]}})
    write_notebook(course.root / "release" / "01-a" / "a.ipynb", CELLS)
    with jupyter(course.root, warm=True) as address:
        page.goto(f"{address}/lab/tree/01-a/a.ipynb?token={token}")
        wait_until(page, KERNEL_IS_IDLE, timeout=120_000)
        page.evaluate(RUN_FIRST_CELL)
        cell = page.evaluate(FIRST_CELL)
        menus = page.locator(".lm-MenuBar-itemLabel").all_inner_texts()
        tabs = page.locator(".lm-TabBar-tab").evaluate_all("tabs => tabs.map(t => t.title)")
    assert cell["source"] == "import keras" and cell["execution_count"] == 1
    assert cell["outputs"] == []
    assert "File" in menus and "Nbgrader" not in menus
    assert not any("Assignment" in title for title in tabs)
