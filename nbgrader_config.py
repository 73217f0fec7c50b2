"""Stock nbgrader on this course: generate_assignment, autograde, formgrader and the rest.

`course` reads the same folders and the same gradebook.db; nothing here is needed by it.
"""

import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

c = get_config()

c.CourseDirectory.course_id = "vision-course"
# nbgrader otherwise takes the folder that it was started from.
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
# Quoted: nbgrader's own default is no address where the folder is named Computer%20Vision.
c.CourseDirectory.db_url = f"sqlite:///{quote(c.CourseDirectory.root, safe=' +/')}/gradebook.db"
# generate_assignment copies whatever lies beside the source notebook, and the wrong solutions do.
c.CourseDirectory.ignore.extend(["mistakes.py", "__pycache__", ".gitkeep"])

# What students hand in is shown as text and pictures: formgrader renders it on JupyterLab's own
# origin, where a script could start a kernel. What a browser opens as a page is not taken over.
HARMLESS = "course.harmless.formgrader.Harmless"
c.Harmless.source = str(Path(__file__).resolve().parent / "source")
c.Autograde.autograde_preprocessors.append(HARMLESS)  # what is written to autograded/
c.HTMLExporter.preprocessors = [HARMLESS]  # what formgrader and generate_feedback show
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.exclude_anchor_links = True  # a heading's id could be that of a score
# Where formgrader itself reads this, in whichever JupyterLab, its lists and its files become
# harmless as well. Without the package it shows nothing at all: the preprocessor above is missing.
if "nbgrader.server_extensions.formgrader.formgrader" in sys.modules:
    with suppress(ImportError):
        from course.harmless.formgrader import harden

        harden()
PAGES = ["[hH][tT][mM]*", "[xXsSmM][hH][tT]*", "[sS][vV][gG]*", "[xX][mMsS][lL]*"]
c.CourseDirectory.ignore.extend([f"*.{ending}" for ending in PAGES])

# The same stub as `course release` writes.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}

# Seconds a cell. The first one imports TensorFlow, which takes half a minute on a busy machine.
c.ExecutePreprocessor.timeout = 120
