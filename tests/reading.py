"""What the tests of the generated models share: reading a whole reply, pickling, a new Python."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from aistats_generated.types import ApiModel
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATED = ROOT / "generated"


def read(kind: type[ApiModel], data: dict[str, Any]) -> Any:
    """Parse JSON as a reply; fields that need not be there make its true type tedious in tests."""
    return kind.from_dict(data)


def pickled(value: Any) -> Any:
    """Send a value through pickle, as between two processes."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


def python(code: str) -> str:
    """Run code in a fresh interpreter, where nothing is imported yet."""
    path = os.pathsep.join((str(GENERATED), str(ROOT), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def read_all(value: Any) -> Iterator[ApiModel]:
    """Read every field at every depth, as a curious user would; yield each model on the way."""
    if isinstance(value, ApiModel):
        yield value
        for name in type(value)._fields.by_attribute:
            yield from read_all(getattr(value, name, None))  # a promised field may be missing
        yield from read_all(list(value.additional_properties.values()))
    elif isinstance(value, list):
        for item in value:
            yield from read_all(item)
