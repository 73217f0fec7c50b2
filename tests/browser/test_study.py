"""A reader follows a study in JupyterLab: the slider, the menus and the check box redraw it."""

from __future__ import annotations

import pytest

from tests.browser.notebook import changes, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]

# No training: the loss is a function of the settings.
CELLS = {
    "study": """\
from helpers import explorers, plotting, tuning
import math
import optuna
plotting.use_style()
tuning.quiet()

def objective(trial):
    settings = tuning.conditional_space(trial)
    trial.report(1 + len(settings["neurons"]), 1)
    if trial.should_prune():
        raise optuna.TrialPruned
    return 0.57 + math.log10(settings["learning_rate"] / 0.004) ** 2 / 50

study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=123, n_startup_trials=5))
study.optimize(objective, n_trials=24)
""",
    "explore": "widget = explorers.explore_study(study, best_loss=0.57, trials=12)\nwidget",
    "tell": "print(widget.state.trials, widget.state.up, widget.state.pruned, widget.message)",
}


@pytest.fixture
def notebook(lab, page, token):
    """Open one small notebook and show the explorer."""
    return shown(lab, page, token, "study.ipynb", CELLS)


def test_the_picture_follows_slider_menu_and_check_box(notebook, page, shoot):
    output = notebook.output("explore")
    picture = output.locator("img").first
    picture.wait_for(state="visible")
    assert notebook.output("study").locator("[data-mime-type$=stderr]").count() == 0
    shoot(page, "study-explorer")

    output.locator(".noUi-handle").first.focus()
    changes(picture, lambda: page.keyboard.press("ArrowRight"))
    changes(picture, lambda: output.locator("select").nth(1).select_option(label="validation loss"))
    changes(picture, lambda: output.locator("input[type=checkbox]").first.click())
    shoot(page, "study-explorer-changed")
    notebook.run("tell")
    assert notebook.output("tell").inner_text().strip() == "13 validation loss False"
