"""The tests; each docstring states a behaviour in a sentence."""
