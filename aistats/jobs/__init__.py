"""Jobs: their handles, and the namespace `client.jobs`. To change how they wait, read `waiting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aistats.jobs.handles import KINDS as KINDS
    from aistats.jobs.handles import BatchJob as BatchJob
    from aistats.jobs.handles import Job as Job
    from aistats.jobs.handles import MusicJob as MusicJob
    from aistats.jobs.handles import VideoJob as VideoJob

__all__ = ["KINDS", "BatchJob", "Job", "MusicJob", "VideoJob"]


def __getattr__(name: str) -> object:
    # Late: who only verifies a webhook loads no HTTP client.
    if name not in __all__:
        raise AttributeError(f"module 'aistats.jobs' has no attribute {name!r}")
    from aistats.jobs import handles

    return getattr(handles, name)
