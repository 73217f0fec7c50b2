"""The engine: many submissions over many workers, of this machine or of others.

The coordinator (`course.grading.grade`) makes a `Task` of each submission. `here` has threads of
this process work on them; where a scheduler is named, `flow` hands them to its Dask cluster and
takes the results. Either way `work` examines one submission in a warm session.
A task carries everything as bytes and text; a worker reads no file of the course and writes none.
"""

import os

# Dask's own workers are daemons, which may have no children: ours fork.
os.environ.setdefault("DASK_DISTRIBUTED__WORKER__DAEMON", "False")  # before Dask is imported
