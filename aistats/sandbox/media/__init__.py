"""The real media the sandbox serves, so that what a test downloads can be opened by a player."""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib
from functools import cache
from importlib.resources import files

SAMPLE_RATE = 16_000


@cache
def mp4() -> bytes:
    """Return one second of video with sound."""
    return (files(__name__) / "clip.mp4").read_bytes()


@cache
def thumbnail() -> bytes:
    """Return the first picture of the video, as WebP."""
    return (files(__name__) / "thumbnail.webp").read_bytes()


@cache
def wav(seconds: float = 0.5, pitch: int = 440) -> bytes:
    """Return a sine tone of *pitch* Hz as 16-bit mono WAV."""
    step = 2 * math.pi * pitch / SAMPLE_RATE
    tone = (int(12_000 * math.sin(step * n)) for n in range(int(seconds * SAMPLE_RATE)))
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in tone))
    return target.getvalue()


@cache
def png(shade: int) -> bytes:
    """Return an RGB gradient of 16 by 16 as PNG; *shade* makes several pictures differ."""
    steps = range(0, 256, 16)
    rows = (b"\0" + bytes(c for x in steps for c in (x, y, shade % 256)) for y in steps)
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, data) for kind, data in parts)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
