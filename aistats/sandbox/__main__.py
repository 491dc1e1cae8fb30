"""Run the sandbox on its own, for any client in any language."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import TYPE_CHECKING

from aistats.sandbox.gateway import Sandbox
from aistats.sandbox.scenarios import SCENARIOS, apply

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None, *, stop: threading.Event | None = None) -> int:
    """Serve until interrupted; *stop* is for tests."""
    options = _parser().parse_args(argv)
    stop = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        gateway = Sandbox(port=options.port, quirks=not options.no_quirks, off=options.off)
    except OSError as error:
        print(f"cannot listen on port {options.port}: {error.strerror}", file=sys.stderr)
        return 1
    with gateway:
        apply(gateway, options.scenario)
        for name, value in gateway.environment().items():
            print(f"export {name}={value}")
        print(f"# sandbox, scenario {options.scenario!r}; stop it with Ctrl-C", flush=True)
        try:
            stop.wait()
        except KeyboardInterrupt:
            print("# stopped", flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:13} {how['told']}" for name, how in SCENARIOS.items())
    parser = argparse.ArgumentParser(
        prog="python -m aistats.sandbox",
        description="A local AI Stats gateway for tests, demos and offline work.",
        epilog=f"scenarios:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=8787, help="0 takes a free one (default 8787)")
    parser.add_argument("--scenario", choices=SCENARIOS, default="default", metavar="NAME")
    parser.add_argument("--no-quirks", action="store_true", help="leave out the gateway's odd ways")
    parser.add_argument(
        "--off", action="append", default=[], metavar="FEATURE", help="switch a feature off"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
