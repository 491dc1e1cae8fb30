"""The steps of `scripts/generate.py`: names, view, tools, gates, and the swap of the result."""
