"""pyproject.toml, requirements.lock and environment.yml say the same, and nothing of a machine."""

import ast
import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ALL_DEPENDENCIES = [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["dev"]]
# helpers.loading.scanning is also a script, and finds `litter` in helpers/ground.
OURS = {
    "course",
    "helpers",
    "litter",
    "vision_course",
    "tests",
    "benchmarks",
    "mistakes",
    "conftest",
}
PINNED = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)==(\d[\w.+!]*)")

# Written so that none of them matches its own line here.
FORBIDDEN = {
    "a package registry": r"(?:pypi|pythonhosted|anaconda|npmjs)\.(?:org|com|io)\b",
    "a folder of one machine": r"(?<![\w.$}/-])/(?:home|Users|root|work|opt/\w+)/[\w.-]+",
    "a Windows user's folder": r"\b[A-Z]:\\{1,2}Users\\",
}


def locked(name: str = "requirements.lock") -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def declared(*groups: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for group in groups for line in group}


def supported_pythons() -> list[str]:
    allowed = SpecifierSet(PROJECT["requires-python"])
    return [f"3.{minor}" for minor in range(30) if f"3.{minor}.0" in allowed]


def installed_requires(name: str) -> list[str] | None:
    return distribution(name).requires


def our_files() -> list[Path]:
    """List what git tracks or would track; without git, all but what is made at run time."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return list(_unpacked_files())
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def _unpacked_files() -> Iterator[Path]:
    made = {"build", "dist", "work", "submitted", "autograded", "feedback", "__pycache__"}
    for folder, subfolders, names in os.walk(ROOT):
        # In place, so that os.walk does not go through all of .venv.
        subfolders[:] = [n for n in subfolders if n not in made and (n[0] != "." or n == ".ci")]
        yield from (Path(folder, name) for name in names)


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imported_modules(path: Path) -> set[str]:
    """Return the top-level names that a file imports, wherever in it the import stands."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules.add(node.module.partition(".")[0])
    return modules


def undeclared_imports(paths: list[Path], allowed: set[str]) -> list[str]:
    providers = packages_distributions()
    found = []
    for path in paths:
        beside = {p.stem for p in path.parent.glob("*.py")}  # a script finds what lies beside it
        known = set(sys.stdlib_module_names) | OURS | beside
        for module in sorted(imported_modules(path) - known):
            names = {canonicalize_name(name) for name in providers.get(module, [module])}
            if names.isdisjoint(allowed):
                found.append(f"{path.relative_to(ROOT)} imports {module}")
    return found


ALL_DEPENDENCIES = [
    *PROJECT["dependencies"],
    *(line for group in EXTRAS.values() for line in group),
]


@pytest.mark.parametrize("line", ALL_DEPENDENCIES, ids=lambda line: Requirement(line).name)
def test_every_dependency_is_locked_at_a_version_that_it_allows(line):
    requirement = Requirement(line)
    version = locked().get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement.name} is not in requirements.lock: run `make lock`"
    assert version in requirement.specifier, (
        f"requirements.lock pins {requirement.name} {version}, pyproject.toml asks for "
        f"{requirement.specifier}: run `make lock`"
    )


def test_every_dependency_gives_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    bare = [
        line for line in ALL_DEPENDENCIES if not re.search(rf'"{re.escape(line)}", +# \w', text)
    ]
    assert not bare, f"say in a comment on the same line what these are for: {bare}"


def test_lock_holds_names_and_versions_only():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    odd = [line for line in lines if not line.startswith("#") and not PINNED.fullmatch(line)]
    assert not odd, f"requirements.lock may only hold lines like name==1.2: {odd}"


def test_lock_is_sorted_and_names_each_package_once():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = [line.split("==")[0] for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))


def test_lock_leaves_out_the_project_itself():
    assert canonicalize_name(PROJECT["name"]) not in locked()


def test_lock_holds_what_the_dependencies_need_in_turn():
    lock = runpy.run_path(str(ROOT / ".ci" / "lock.py"))
    roots = lock["declared"](ROOT / "pyproject.toml")
    wanted = {canonicalize_name(r.name) for r in lock["needed"](roots, installed_requires)}
    missing = sorted(wanted - set(locked()))
    assert not missing, f"not in requirements.lock: {missing}. Run `make lock`"


def test_every_locked_package_runs_on_every_python_from_its_first_release():
    oldest, newest = supported_pythons()[0], supported_pythons()[-1]
    refused = []
    for name in locked():
        specifier = SpecifierSet(distribution(name).metadata.get("Requires-Python") or "")
        if f"{oldest}.0" not in specifier or f"{newest}.0" not in specifier:
            refused.append(f"{name} asks for Python {specifier}")
    assert not refused, f"some readers cannot install these: {refused}. Run `make lock`"


def test_environment_yml_installs_the_lock_and_this_checkout():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pip = next(line["pip"] for line in environment["dependencies"] if isinstance(line, dict))
    assert pip == ["-r requirements.lock", "-e ."]
    assert environment["name"] == PROJECT["name"]


def test_environment_yml_names_no_python_package_beside_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    names = {
        re.split("[=<> ]", line)[0] for line in environment["dependencies"] if str(line) == line
    }
    assert names.isdisjoint(locked()), "two places must not pin one package"


def test_environment_yml_takes_a_python_that_pyproject_allows():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(line for line in environment["dependencies"] if line.startswith("python="))
    assert f"{python.removeprefix('python=')}.0" in SpecifierSet(PROJECT["requires-python"])


def test_makefile_and_lock_know_the_same_pythons_as_pyproject():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    first, above = re.search(r"\(3, (\d+)\) <= sys.version_info < \(3, (\d+)\)", makefile).groups()
    assert [f"3.{minor}" for minor in range(int(first), int(above))] == supported_pythons()
    assert list(runpy.run_path(str(ROOT / ".ci" / "lock.py"))["PYTHONS"]) == supported_pythons()


def test_the_packages_import_only_what_is_declared():
    student = declared(PROJECT["dependencies"])
    instructor = student | declared(EXTRAS["instructor"])
    pages = python_files("course/site")  # who makes them has the extra `site`
    making = python_files("helpers/making")  # and who makes what the lessons use, `instructor`
    helpers = [path for path in python_files("helpers") if path not in making]
    course = [path for path in python_files("course") if path not in pages]
    missing = undeclared_imports(helpers, student)
    missing += undeclared_imports([*course, *making], instructor)
    missing += undeclared_imports(pages, instructor | declared(EXTRAS["site"]))
    assert not missing, f"add to the dependencies in pyproject.toml, with a reason: {missing}"


def test_tests_and_benchmarks_import_only_what_is_declared():
    everything = declared(PROJECT["dependencies"], *EXTRAS.values())
    missing = undeclared_imports(python_files("tests", "benchmarks", "claims", ".ci"), everything)
    assert not missing, f"add to the extra `test` in pyproject.toml, with a reason: {missing}"


def test_a_student_installs_nothing_that_no_lesson_and_no_helper_imports():
    lessons = (ROOT / "source").glob("*/*.ipynb")
    cells = [c for path in lessons for c in json.loads(path.read_text("utf-8"))["cells"]]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    used = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.M))
    used = used.union(*map(imported_modules, python_files("helpers")))
    providers = packages_distributions()
    names = {canonicalize_name(name) for module in used for name in providers.get(module, ())}
    idle = declared(PROJECT["dependencies"]) - names - {"ipykernel"}  # the kernel itself
    assert not idle, f"move these to the extra `instructor`: {idle}"


class TestOldest:
    """requirements-oldest.lock: the lower bounds of what a student installs, and no more."""

    @pytest.mark.parametrize("line", PROJECT["dependencies"], ids=lambda line: line.split(">")[0])
    def test_it_has_the_oldest_minor_release(self, line):
        requirement = Requirement(line)
        (bound,) = requirement.specifier
        pinned = locked("requirements-oldest.lock")[canonicalize_name(requirement.name)]
        assert pinned in SpecifierSet(f"=={bound.version}.*"), "run `make lock`"

    def test_it_holds_names_and_versions_only_each_once_in_order(self):
        lines = (ROOT / "requirements-oldest.lock").read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if not line.startswith("#")]
        assert all(PINNED.fullmatch(pin) for pin in pins)
        assert [pin.split("==")[0] for pin in pins] == sorted(locked("requirements-oldest.lock"))

    def test_what_needs_it_on_another_machine_uses_it(self):
        script = (ROOT / ".ci" / "oldest").read_text(encoding="utf-8")
        assert "-r requirements-oldest.lock" in script and "tests/helpers" in script

    @pytest.mark.parametrize("line", ["numpy", "numpy==1.2", "numpy>=1,<3"])
    def test_a_dependency_without_one_lower_bound_is_named(self, line, monkeypatch):
        monkeypatch.syspath_prepend(str(ROOT / ".ci"))
        oldest = runpy.run_path(str(ROOT / ".ci" / "oldest.py"))["oldest"]
        with pytest.raises(ValueError, match=f"{line}.* does not have one lower bound"):
            oldest(line)


def test_helpers_never_import_course():
    wrong = [path for path in python_files("helpers") if "course" in imported_modules(path)]
    assert not wrong, "students' notebooks use helpers/ without the course tool"


def test_nothing_imports_claims_but_claims():
    folders = ("course", "helpers", "benchmarks", ".ci")
    wrong = [path for path in python_files(*folders) if "claims" in imported_modules(path)]
    assert not wrong, "claims/ is read, and run only to be measured"


def test_git_ignores_no_module_or_data_of_the_packages():
    command = [
        "git",
        "ls-files",
        "--others",
        "--ignored",
        "--exclude-standard",
        "course",
        "helpers",
    ]
    ignored = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if ignored.returncode:
        pytest.skip("no git checkout here")
    lost = [name for name in ignored.stdout.splitlines() if "__pycache__" not in name]
    assert not lost, f"the wheel leaves out what git ignores: {lost}"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what):
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for path in our_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or an archive
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in pattern.finditer(text)]
    assert not found, f"{what} is named: {found}"


def test_no_file_names_this_checkout_or_this_environment():
    # Short ones ("/", "/app") stand in many texts that mean something else.
    here = {str(path) for path in (ROOT, Path(sys.prefix)) if len(path.parts) > 2}
    found = [
        str(path.relative_to(ROOT))
        for path in our_files()
        if any(place.encode() in path.read_bytes() for place in here)
    ]
    assert not found, f"these name a folder of the machine that they were made on: {found}"


def test_the_container_is_given_all_that_the_wheel_is_made_of():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    lines = (ROOT / "docs" / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    assert set(parts) <= copied
