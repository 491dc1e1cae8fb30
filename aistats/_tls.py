"""The process's one TLS context: making one reads the whole CA bundle and costs 20 to 40 ms."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import ssl

_contexts: dict[tuple[str | None, str | None], ssl.SSLContext] = {}
_lock = threading.Lock()


def shared_tls() -> ssl.SSLContext:
    """Give the TLS context of this process, made at the first call.

    `SSL_CERT_FILE` and `SSL_CERT_DIR` name other authorities than certifi's, as for httpx; when
    they change, the next new connection uses a context made from them.
    """
    source = (os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    context = _contexts.get(source)
    if context is not None:
        return context
    with _lock:
        if source not in _contexts:
            _contexts[source] = _new_context(source)
        return _contexts[source]


def _new_context(source: tuple[str | None, str | None]) -> ssl.SSLContext:
    try:
        context = httpx.create_ssl_context()
    except OSError as error:
        named = " or ".join(path for path in source if path) or "the certifi package"
        raise httpx.ConnectError(
            f"The TLS authorities could not be read from {named} ({error}). "
            "Correct or unset SSL_CERT_FILE and SSL_CERT_DIR."
        ) from error
    context.set_alpn_protocols(["http/1.1"])
    return context


def _unlock_after_fork() -> None:
    """Give a child its own lock: another thread of the parent may have held this one."""
    global _lock  # noqa: PLW0603  # a lock cannot be reset in place
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(after_in_child=_unlock_after_fork)
