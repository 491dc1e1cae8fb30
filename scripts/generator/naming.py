"""The generator's rule for names, with one change: only what Python forbids gets an underscore.

`object`, `type`, `input` and `credits` are fine names for fields. Import this before the names are
made; `python -m scripts.generator.naming` is the generator's command line under this rule.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

from jinja2 import Template
from openapi_python_client import strings
from openapi_python_client.cli import app
from openapi_python_client.strings import ClassName, PythonIdentifier

# `self` is the first parameter of every method, the others are names that generated modules use.
strings.RESERVED_WORDS = {
    *("self", "datetime", "Any", "Literal", "TYPE_CHECKING", "UNSET", "ApiModel", "Fields", "File"),
    *("DATE", "DATE_TIME", "FLOATS", "Final", "ListOf", "OneOf", "OtherObject", "Ref", "Variant"),
}

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ClassName", "PythonIdentifier"]


def naming_the_fault(render: Callable[..., str]) -> Callable[..., str]:
    """Let an error of a template say which operation or schema it was about, and what is wrong."""

    @functools.wraps(render)
    def rendered(*args: Any, **context: Any) -> str:
        try:
            return render(*args, **context)
        except Exception as error:  # noqa: BLE001 - its place is all that is added
            place, faults = "the package", [f"{type(error).__name__}: {error}"]
            if endpoint := context.get("endpoint"):
                place = f"operation {endpoint.name} ({endpoint.method.upper()})"
                faults = [str(one.detail or one.header) for one in endpoint.errors] or faults
            elif model := context.get("model"):
                place = f"schema {model.class_info.name}"
            sys.exit(f"{place} cannot be written: {'; '.join(faults)}")

    return rendered


if __name__ == "__main__":
    Template.render = naming_the_fault(Template.render)  # type: ignore[method-assign]
    app()
