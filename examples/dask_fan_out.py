"""Jobs over a cluster: create them on any worker, wait for them on any other.

Only the text of `Job.to_json` travels between machines. Each worker makes its own client from
AI_STATS_API_KEY. Run it with `dask` installed: python examples/dask_fan_out.py
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from aistats import AIStats, Poll

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL = "google/veo-3.1-lite-preview"
PER_TASK = 10  # jobs that one task creates or waits for


def submit(prompts: Sequence[str]) -> tuple[int, list[str]]:
    """Create a job per prompt, on a worker; give the process and the handles as text."""
    with AIStats() as client:
        jobs = [client.videos.create(model=MODEL, prompt=prompt, duration=8) for prompt in prompts]
        return os.getpid(), [job.to_json() for job in jobs]


def wait(texts: Sequence[str], poll: Poll) -> tuple[int, list[str]]:
    """Wait for jobs that anybody created, on a worker; give the process and the handles."""
    with AIStats() as client:
        jobs = client.jobs.wait_all([client.jobs.from_json(text) for text in texts], poll=poll)
        return os.getpid(), [job.to_json() for job in jobs]


def fan_out(cluster: Any, prompts: Sequence[str], poll: Poll | None = None) -> dict[str, Any]:
    """Create and wait over a `distributed.Client`; give the final handles' texts and counts."""
    pieces = [prompts[i : i + PER_TASK] for i in range(0, len(prompts), PER_TASK)]
    # The handles come back here before anything else is done: Dask computes results again that
    # are lost with a worker, and what was created must not be created again.
    created = cluster.gather(cluster.map(submit, pieces, pure=False, retries=0))
    texts = [text for _, part in created for text in part]
    pieces = [texts[i : i + PER_TASK] for i in range(0, len(texts), PER_TASK)]
    ended = cluster.gather(cluster.map(wait, pieces, poll=poll or Poll(), pure=False, retries=3))
    final = [text for _, part in ended for text in part]
    with AIStats() as client:
        outcomes = Counter(client.jobs.from_json(text).status for text in final)
    return {
        "created by": dict(Counter(process for process, _ in created)),
        "waited for by": dict(Counter(process for process, _ in ended)),
        "ended": dict(outcomes),
        "jobs": final,
    }


def main() -> None:
    """Fan 200 jobs out over four processes of this machine, against the sandbox without a key."""
    from contextlib import ExitStack

    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        poll = Poll()
        if "AI_STATS_API_KEY" not in os.environ:
            from aistats.sandbox import Sandbox

            os.environ.update(stack.enter_context(Sandbox()).environment())
            poll = Poll(floor=0.1, ceiling=0.1)
        workers = stack.enter_context(
            LocalCluster(n_workers=4, threads_per_worker=1, dashboard_address=None)
        )
        counts = fan_out(
            stack.enter_context(Client(workers)), [f"lake {i}" for i in range(200)], poll
        )
        print({name: value for name, value in counts.items() if name != "jobs"})


if __name__ == "__main__":
    main()
