"""The differences from stock nbgrader's marks that are meant; docs/nbgrader.md tells of each."""

DIFFERENCES = {
    "stderr": "What a library or an answer writes on stderr costs nothing.",
    "never-ran": "A test that never ran earns nothing.",
}
