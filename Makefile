# One command from a clone: `make demo`, `make test` or `make lab`. Each sets up .venv by itself.
# Needs make and Python 3.11 to 3.13; another interpreter: make setup PYTHON=/path/to/python3

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
SYSTEM := $(VENV)/.system-packages
# nbgrader starts `alembic` by name when it makes a gradebook.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# A user's own settings of pip and Python are made for other work: PIP_USER=1 fails in .venv.
export PIP_USER := 0
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIRE_VIRTUALENV PYTHONPATH PYTHONHOME PYTHONOPTIMIZE PYTHONWARNINGS PYTHONSTARTUP PYTHONINSPECT PYTHONDONTWRITEBYTECODE
# -qq: errors only.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
JOBS ?= 2
# As many as there are cores: what one more gains while tests wait, it loses in caches.
WORKERS ?= $(JOBS)
# Some of the tests alone: make tests TESTS=tests/gate
TESTS ?=

# All paths below are relative, so that a folder with spaces in its name works too.
.DEFAULT_GOAL := help
.PHONY: help setup demo test tests lab lint release check lock clean

help:  ## Show this list
	@echo "Usage: make TARGET"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s%s\n", $$1, $$2 }' Makefile

setup: $(STAMP)  ## Make .venv with the pinned packages and the command `course`, install what apt can
	@sh .ci/system-packages && touch $(SYSTEM)

demo: $(STAMP) $(SYSTEM)  ## The whole loop on sample submissions: release, collect, grade, feedback, export
	$(BIN)/course demo

test: lint tests  ## Lint, run the tests, check that release/ matches source/
	$(BIN)/course release --check

tests: $(STAMP) $(SYSTEM)  ## Run the tests alone, or some: make tests TESTS=tests/gate
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

lab: $(STAMP)  ## Open JupyterLab on your own copy of the lessons
	$(BIN)/course lab

lint: $(STAMP)  ## Check style and format of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

release: $(STAMP)  ## Make release/ from source/
	$(BIN)/course release

check: $(STAMP)  ## Check every exercise against its solution, its stub and its mistakes
	$(BIN)/course check --jobs $(JOBS)

# In an environment of its own: .venv needs the very file that is made here.
lock:  ## Renew requirements.lock and requirements-oldest.lock from pyproject.toml
	@$(find_python); "$$python" -m venv --clear build/lock
	@build/lock/bin/python -m pip -qq --disable-pip-version-check install --upgrade pip packaging
	@echo "Looking for versions that go together (a few minutes) ..."
	build/lock/bin/python .ci/lock.py > build/requirements.lock
	build/lock/bin/python .ci/oldest.py > build/requirements-oldest.lock
	mv build/requirements.lock build/requirements-oldest.lock .

clean:  ## Remove what tests and runs left behind (not .venv, not work/, not the gradebook)
	rm -rf build dist .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last: an interrupted setup is taken up again. An environment that exists and
# works is kept, whatever Python made it; one whose Python has gone is made anew.
$(STAMP): pyproject.toml requirements.lock
	@if $(BIN)/python -c '$(suits)' 2> /dev/null; then \
	    echo "Bringing .venv up to date with requirements.lock ..."; \
	else \
	    $(find_python); \
	    echo "Setting up .venv with $$("$$python" --version) (about 3 minutes, once) ..."; \
	    "$$python" -m venv --clear $(VENV); \
	fi
	@$(PIP) install --no-compile -r requirements.lock
	@$(compile)
	@$(PIP) install --no-deps -e .
	@touch $(STAMP)
	@echo "Ready. All commands: $(BIN)/course --help"

# Tried once by itself, and by each `make setup`: what cannot be had stays away.
$(SYSTEM): $(STAMP)
	@sh .ci/system-packages && touch $(SYSTEM)

# On all cores, where pip takes one. A package may hold a file that is no Python of this version.
compile = $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true

# An interpreter suits when TensorFlow ships for it (requires-python in pyproject.toml) and it can
# make an environment with pip (Debian packs that part apart). Each candidate is really started: a
# name on PATH may be a version manager's shim with nothing behind it.
suits = import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
define find_python
python=; \
for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
    if "$$candidate" -c '$(suits)' > /dev/null 2>&1; then python=$$candidate; break; fi; \
done; \
if [ -z "$$python" ]; then \
    echo "No Python from 3.11 to 3.13 with the modules venv and ensurepip found" >&2; \
    echo "(looked for: $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3))." >&2; \
    echo "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install" >&2; \
    echo "python@3.12), or name yours: make setup PYTHON=/path/to/python3" >&2; \
    exit 1; \
fi
endef
