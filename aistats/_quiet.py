"""Keeps the signatures in signed addresses out of httpx's log.

httpx logs every request's URL at INFO. Hiding the query in `str(url)` would also hide it from what
callers put into their own client, caches and test doubles that tell requests apart by it; so the
URL is only marked, and a filter on httpx's logger hides the query of marked ones.
"""

from __future__ import annotations

import logging

import httpx


class QuietURL(httpx.URL):
    """A URL that httpx's log shows without its query, and that is otherwise like any other."""


class _HideQueries(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_hidden, record.args))
        return True


def _hidden(argument: object) -> object:
    if isinstance(argument, QuietURL) and argument.query:
        return f"{argument.copy_with(query=None, fragment=None)}?[hidden]"
    return argument


_filter = _HideQueries()


def hide_queries_in_the_log() -> None:
    """Have httpx's log hide the queries of marked URLs from now on; again does no harm."""
    logging.getLogger("httpx").addFilter(_filter)
