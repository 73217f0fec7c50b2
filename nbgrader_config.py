"""Stock nbgrader on this course: generate_assignment, autograde, formgrader and the rest.

`course` reads the same folders and the same gradebook.db; nothing here is needed by it.
"""

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

# The same stub as `course release` writes.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}

# Seconds a cell. The first one imports TensorFlow, which takes half a minute on a busy machine.
c.ExecutePreprocessor.timeout = 120
