"""Time and identifiers of the sandbox, both under the test's control."""

from __future__ import annotations

import random
import string
import time
import uuid
from datetime import UTC, datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEEDED_EPOCH_MS = 1_767_225_600_000  # 2026-01-01: seeded ids must not depend on the wall clock


class Clock:
    """Tell the sandbox's time: the machine's, or a fixed one, moved on by `advance`."""

    def __init__(self, now: float | None = None) -> None:
        self._fixed = now
        self._ahead = 0.0

    def now(self) -> float:
        """Return unix seconds."""
        return (time.time() if self._fixed is None else self._fixed) + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the time on; it never goes back."""
        if seconds < 0:
            raise ValueError(f"advance() takes seconds >= 0, got {seconds}: time only moves on")
        self._ahead += seconds

    def unix(self) -> int:
        """Return whole unix seconds."""
        return int(self.now())

    def iso(self) -> str:
        """Return the time as the wire writes most of its times: milliseconds and a Z."""
        return iso(self.now())


def iso(seconds: float) -> str:
    """Write unix *seconds* as ISO-8601 with milliseconds and a Z."""
    text = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def iso_offset(seconds: float) -> str:
    """Write unix *seconds* the other way the wire knows: microseconds and an offset."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


class Ids:
    """Make identifiers that look like the gateway's; the same ones again for the same seed."""

    def __init__(self, clock: Clock, seed: int | None = None) -> None:
        self._clock = clock
        self._seeded = seed is not None
        self._random = random.Random(seed)
        self._made = 0

    def ulid(self) -> str:
        """Return 26 characters of Crockford base32: 10 of time, 16 of chance."""
        self._made += 1
        moment = SEEDED_EPOCH_MS + self._made if self._seeded else int(self._clock.now() * 1000)
        head = "".join(CROCKFORD[(moment >> shift) & 31] for shift in range(45, -1, -5))
        return head + "".join(self._random.choices(CROCKFORD, k=16))

    def request(self) -> str:
        """Return a gateway id: request, generation and video ids share this form."""
        return "G-" + self.ulid()

    def hex(self, digits: int) -> str:
        """Return *digits* hexadecimal characters, as providers use for their own ids."""
        return "".join(self._random.choices("0123456789abcdef", k=digits))

    def uuid(self) -> str:
        """Return a version-4 UUID."""
        return str(uuid.UUID(self.hex(32), version=4))

    def base62(self, length: int) -> str:
        """Return *length* letters and digits, as in keys."""
        letters = string.ascii_uppercase + string.ascii_lowercase + string.digits
        return "".join(self._random.choices(letters, k=length))
