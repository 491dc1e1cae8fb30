"""The commands behind the make targets, as a package so that tests can import them."""
