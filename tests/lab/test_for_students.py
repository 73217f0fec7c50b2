"""A student's JupyterLab shows nothing that is for instructors."""

from __future__ import annotations

import os

import pytest
from jupyterlab_server.config import get_static_page_config
from jupyterlab_server.settings_utils import ConfigManager

from course.lab.jupyterlab import for_students

MENUS = ("create-assignment", "formgrader", "course-list", "assignment-list", "menu")


@pytest.fixture
def students(monkeypatch, tmp_path):
    """Be in the environment of a student's JupyterLab."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "own"))
    for name, value in for_students(dict(os.environ)).items():
        monkeypatch.setenv(name, value)


def test_nbgraders_menus_are_off(students):
    off = get_static_page_config(level="all")["disabledExtensions"]
    assert {f"@jupyter/nbgrader:{name}" for name in MENUS} <= {
        name for name, is_off in off.items() if is_off
    }


def test_jupyters_news_are_off(students):
    from jupyter_core.paths import jupyter_config_path

    folders = [os.path.join(folder, "labconfig") for folder in jupyter_config_path()]
    found = ConfigManager(read_config_path=folders).get("default_setting_overrides")
    assert found["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_what_the_user_has_set_on_that_path_stays():
    path = for_students({"JUPYTER_CONFIG_PATH": "/theirs"})["JUPYTER_CONFIG_PATH"]
    assert path.split(os.pathsep)[0] == "/theirs"
