"""What runs on GitHub is what runs here, asks for little, and is written as GitHub reads it."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CI = ROOT / ".github" / "workflows" / "ci.yml"
SCHEMA = "vendor.github-workflows"  # lies in the package: no network is asked

workflows = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> list[dict]:
    return [step for job in read(path)["jobs"].values() for step in job.get("steps", [])]


def checked(*paths: Path) -> subprocess.CompletedProcess:
    line = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMA, *map(str, paths)]
    return subprocess.run(line, capture_output=True, text=True)


def test_github_can_read_them():
    done = checked(*WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_what_github_could_not_read_is_found(tmp_path):
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    (tmp_path / "wrong.yml").write_text(text.replace("runs-on:", "runs_on:"), encoding="utf-8")
    assert checked(tmp_path / "wrong.yml").returncode == 1


@workflows
def test_they_may_only_read_unless_a_job_says_what_for(path):
    found = read(path)
    assert found["permissions"] == {"contents": "read"}
    for job in found["jobs"].values():
        assert "write-all" not in str(job.get("permissions", ""))


@workflows
def test_no_job_hangs_for_ever(path):
    for job in read(path)["jobs"].values():
        assert job["timeout-minutes"] <= 120


@workflows
def test_every_action_has_a_version_and_no_checkout_leaves_a_key(path):
    for step in (step for step in steps(path) if "uses" in step):
        assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
        if step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@workflows
def test_nothing_from_outside_is_put_into_a_script(path):
    for step in (step for step in steps(path) if "run" in step):
        assert "${{" not in step["run"], "hand it over in env, where it stays text"


@workflows
def test_what_must_hold_is_said_in_one_place(path):
    runs = [step["run"] for step in steps(path) if "run" in step]
    assert "bash .ci/run" in runs
    assert not [line for line in runs if "pytest" in line or "make " in line]


KEPT = {"build/ci/*.log", "build/run/*/times.csv", "build/screenshots"}


@workflows
def test_logs_times_and_screenshots_are_kept_of_a_run_that_failed_too(path):
    for job in read(path)["jobs"].values():
        runs = [step.get("run") for step in job["steps"]]
        if "bash .ci/run" not in runs:
            continue
        kept = job["steps"][runs.index("bash .ci/run") + 1]
        assert kept["uses"].startswith("actions/upload-artifact@") and kept["if"] == "always()"
        assert set(kept["with"]["path"].split()) == KEPT


def test_what_is_kept_is_what_a_run_writes():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for written in (
        "build/ci/test.log",
        "build/ci/bare.log",
        "--out build/run/",
        "build/screenshots",
    ):
        assert written in script


def test_the_oldest_packages_have_a_job_with_the_oldest_python():
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    job = read(CI)["jobs"]["oldest"]
    assert "bash .ci/oldest" in [step.get("run") for step in job["steps"]]
    (version,) = (
        step["with"]["python-version"]
        for step in job["steps"]
        if step.get("uses", "").startswith("actions/setup-python@")
    )
    assert about["requires-python"].startswith(f">={version}")


def test_nothing_is_published_before_it():
    runs = [step.get("run", "") for step in steps(CI.with_name("release.yml"))]
    assert runs.index("bash .ci/run") < next(i for i, r in enumerate(runs) if "gh release" in r)
    assert read(CI)["jobs"]["pages"]["needs"] == "ci"


def test_pages_publishes_the_site_that_ci_has_made():
    uploads = [step for step in steps(CI) if "upload-pages-artifact" in step.get("uses", "")]
    kept = [step["with"]["path"] for step in uploads]
    assert kept == ["build/site"]
    assert "--out build/site" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


class TestNotes:
    notes = staticmethod(runpy.run_path(str(ROOT / ".ci" / "notes.py"))["notes"])
    changelog = "# Changelog\n\n## [0.2.0] - 2026-12-01\n\n- New.\n\n## [0.1.0]\n\n- Old.\n"

    def test_they_are_what_the_changelog_says_of_the_version(self):
        assert self.notes("v0.2.0", "0.2.0", self.changelog) == "- New."
        assert self.notes("v0.1.0", "0.1.0", self.changelog) == "- Old."

    def test_a_tag_that_is_another_version_is_refused(self):
        with pytest.raises(ValueError, match=r"the tag is v0\.3\.0, pyproject\.toml says 0\.2\.0"):
            self.notes("v0.3.0", "0.2.0", self.changelog)

    @pytest.mark.parametrize("changelog", ["# Changelog\n", "## [0.2.0]\n\n## [0.1.0]\n\n- Old.\n"])
    def test_a_version_of_which_nothing_is_said_is_refused(self, changelog):
        with pytest.raises(ValueError, match=r"no word of 0\.2\.0"):
            self.notes("v0.2.0", "0.2.0", changelog)

    def test_what_is_not_released_is_not_left_out(self):
        head, _, rest = self.changelog.partition("## [0.2.0]")
        empty, full = (
            f"{head}## [Unreleased]\n\n{new}## [0.2.0]{rest}" for new in ("", "- N.\n\n")
        )
        assert self.notes("v0.2.0", "0.2.0", empty) == "- New."
        with pytest.raises(ValueError, match=r"unreleased notes: put them below \[0\.2\.0\]"):
            self.notes("v0.2.0", "0.2.0", full)

    def test_a_tag_that_names_nothing_ends_with_a_sentence_and_1(self):
        line = [sys.executable, str(ROOT / ".ci" / "notes.py"), "v9"]
        done = subprocess.run(line, capture_output=True, text=True)
        assert done.returncode == 1 and done.stderr.startswith("the tag is v9, ")
