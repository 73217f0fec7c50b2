"""The course tool: release, check, run, grade and return assignments."""
