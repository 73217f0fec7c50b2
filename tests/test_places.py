"""The files that open the course elsewhere: each says what the rest of the project says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from course.folder import open_course

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "anywhere.md").read_text(encoding="utf-8")
# What stands in the specification of Dev Containers (containers.dev), of what is used here. None of
# its properties may be misspelt, as nobody would be told.
PROPERTIES = {
    *("name", "image", "hostRequirements", "onCreateCommand", "remoteEnv", "securityOpt"),
    *("forwardPorts", "portsAttributes", "customizations"),
}
EXTENSION = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


def commented(path: str) -> dict:
    """Read JSON with lines of comments, as VS Code and Dev Containers allow it."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return json.loads("".join(re.sub(r"^\s*//.*", "", line) for line in text.splitlines(True)))


def python_of_conda() -> str:
    lines = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    return next(str(line).removeprefix("python=") for line in lines if "python=" in str(line))


def apt_packages() -> set[str]:
    text = (ROOT / ".ci" / "system-packages").read_text(encoding="utf-8")
    return set(re.findall(r"\|\| echo ([\w-]+)", text))


class TestDevContainer:
    @pytest.fixture
    def container(self) -> dict:
        return commented(".devcontainer/devcontainer.json")

    def test_every_property_is_one_of_the_specification(self, container):
        assert set(container) <= PROPERTIES

    def test_it_has_the_python_of_the_other_environments(self, container):
        version = re.search(r"/devcontainers/python:(\d\.\d+)-", container["image"])[1]
        assert version == python_of_conda()

    def test_it_is_set_up_as_every_machine_is(self, container):
        # `make setup` installs the lock, and what .ci/system-packages names.
        assert container["onCreateCommand"] == "make setup"
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(r"^setup: .*\n\t@sh \.ci/system-packages", makefile, re.M)

    def test_its_command_and_its_editor_use_the_environment_that_is_made(self, container):
        assert container["remoteEnv"]["PATH"].startswith("${containerWorkspaceFolder}/.venv/bin:")
        editor = container["customizations"]["vscode"]
        python = editor["settings"]["python.defaultInterpreterPath"]
        assert python == "${containerWorkspaceFolder}/.venv/bin/python"

    def test_it_lets_the_sandbox_build_its_walls_as_the_guide_to_it_says(self, container):
        guide = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
        docker = guide[guide.index("With Docker the options are") :].split("`.")[0]
        assert container["securityOpt"] == re.findall(r"--security-opt\s+([\w=]+)", docker)


class TestVsCode:
    def test_it_recommends_what_the_container_has(self):
        recommended = commented(".vscode/extensions.json")["recommendations"]
        editor = commented(".devcontainer/devcontainer.json")["customizations"]["vscode"]
        assert recommended == editor["extensions"]
        assert all(EXTENSION.fullmatch(name) for name in recommended)

    def test_it_finds_the_environment_and_lays_out_as_ruff_does(self):
        settings = commented(".vscode/settings.json")
        python = settings["python.defaultInterpreterPath"]
        assert python == "${workspaceFolder}/.venv/bin/python"
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        assert settings["[python]"]["editor.rulers"] == [project["tool"]["ruff"]["line-length"]]
        tests = project["tool"]["pytest"]["ini_options"]["testpaths"]
        assert settings["python.testing.pytestArgs"] == tests


class TestBinder:
    def test_it_has_the_python_of_the_other_environments(self):
        runtime = (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8").strip()
        assert runtime == f"python-{python_of_conda()}"

    def test_it_installs_the_lock_this_checkout_and_what_brings_lessons_by_a_link(self):
        text = (ROOT / ".binder" / "requirements.txt").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        lock, course, puller = lines
        assert (ROOT / ".binder" / lock.removeprefix("-r ")).resolve() == ROOT / "requirements.lock"
        assert course == "-e ." and puller.startswith("nbgitpuller>=")

    def test_apt_gives_it_some_of_what_it_gives_every_machine(self):
        names = (ROOT / ".binder" / "apt.txt").read_text(encoding="utf-8").split()
        assert names and set(names) <= apt_packages()


class TestGuide:
    def test_it_has_a_paragraph_on_each_place(self):
        places = re.findall(r"^## (.+)$", GUIDE, re.M)
        for name in ("Colab", "Kaggle", "VS Code", "Codespaces", "Binder", "nbgitpuller", "Lite"):
            assert any(name in place for place in places), name

    def test_the_setting_that_it_names_is_read(self, tmp_path):
        (setting,) = re.findall(r'^package = "(.+)"$', GUIDE, re.M)
        (tmp_path / "source").mkdir()
        (tmp_path / "course").mkdir()
        text = f'[release]\npackage = "{setting}"\n'
        (tmp_path / "course" / "syllabus.toml").write_text(text, encoding="utf-8")
        assert open_course(tmp_path).package == setting

    def test_each_file_that_it_names_is_there(self):
        named = set(re.findall(r"`(\.?[\w-]+(?:/[\w.-]+)+/?)`", GUIDE))
        assert {".devcontainer/devcontainer.json", "course/syllabus.toml"} <= named
        assert not [name for name in named if not (ROOT / name).exists()]

    def test_the_wheel_is_called_what_it_is_called(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wheel = f"{project['name'].replace('-', '_')}-{project['version']}-py3-none-any.whl"
        assert set(re.findall(r"[\w.-]+\.whl", GUIDE)) == {wheel}

    def test_no_version_of_python_is_named_that_is_not_supported(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        allowed = SpecifierSet(project["requires-python"])
        named = re.findall(r"Python (3\.\d+)", GUIDE)
        assert named and all(f"{version}.0" in allowed for version in named)


def test_a_release_brings_the_wheel_that_notebooks_fetch():
    flow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    runs = [step.get("run", "") for step in flow["jobs"]["release"]["steps"]]
    build, publish = (
        next(i for i, run in enumerate(runs) if word in run) for word in ("-m build", "gh release")
    )
    assert build < publish and runs[publish].rstrip().endswith("dist/*")


def test_ci_tries_the_oldest_packages_with_the_oldest_python():
    flow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    steps = flow["jobs"]["oldest"]["steps"]
    (python,) = [s["with"]["python-version"] for s in steps if "setup-python" in s.get("uses", "")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"].startswith(f">={python},")
    assert "bash .ci/oldest" in [step.get("run") for step in steps]
