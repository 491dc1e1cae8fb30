"""One module per client under test, each offering what it can of the same tasks."""
