"""Clear outputs, execution counts and timings from notebooks, in place.

Usage: python .ci/strip.py NOTEBOOK...
Exit status: 0 when nothing was there to clear, 1 when a file was rewritten (so a commit stops and
shows the change), 2 when a file is no notebook.
"""

import json
import sys
from pathlib import Path

# What JupyterLab and papermill leave behind; a reader's own metadata (tags, nbgrader) stays.
TRANSIENT_CELL = ("execution", "ExecuteTime", "papermill", "collapsed", "scrolled")
TRANSIENT_NOTEBOOK = ("papermill", "widgets", "signature")


def strip_outputs(notebook: dict) -> bool:
    """Clear one notebook, given as parsed JSON, in place; say whether anything changed."""
    before = json.dumps(notebook, sort_keys=True)
    for key in TRANSIENT_NOTEBOOK:
        notebook.get("metadata", {}).pop(key, None)
    for cell in notebook["cells"]:
        for key in TRANSIENT_CELL:
            cell["metadata"].pop(key, None)
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
    return json.dumps(notebook, sort_keys=True) != before


def main(paths: list[str]) -> int:
    """Strip every file of `paths`; return the exit status."""
    status = 0
    for path in map(Path, paths):
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            changed = strip_outputs(notebook)
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            print(f"{path} is no notebook ({error!r}): mend its JSON or leave it out")
            return 2
        if changed:
            # As nbformat writes it, so that the next save in JupyterLab changes nothing.
            text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{path}: outputs cleared; add it again and commit")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
