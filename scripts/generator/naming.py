"""The generator's rule for names, with one change: only what Python forbids gets an underscore.

`object`, `type`, `input` and `credits` are fine names for fields. Import this before the names are
made; `python -m scripts.generator.naming` is the generator's command line under this rule.
"""

from __future__ import annotations

from openapi_python_client import strings
from openapi_python_client.cli import app
from openapi_python_client.strings import ClassName, PythonIdentifier

# `self` is the first parameter of every method, `datetime` the module that annotations name.
strings.RESERVED_WORDS = {"self", "datetime"}

__all__ = ["ClassName", "PythonIdentifier"]

if __name__ == "__main__":
    app()
