"""Which error of ours ends the command line with which exit code."""

from __future__ import annotations

from aistats._screen import Exit
from aistats.errors import (
    APIError,
    AuthenticationError,
    ConfigurationError,
    ConnectionFailedError,
    InsufficientFundsError,
    JobFailedError,
    JobTimeoutError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
    StreamError,
)

# The first row that fits decides.
_CODES: tuple[tuple[tuple[type[BaseException], ...], Exit], ...] = (
    ((ConfigurationError,), Exit.CONFIGURATION),
    ((JobFailedError,), Exit.JOB_FAILED),
    ((JobTimeoutError,), Exit.JOB_TIMEOUT),
    ((ConnectionFailedError,), Exit.NETWORK),
    ((AuthenticationError, PermissionDeniedError), Exit.AUTHENTICATION),
    ((InsufficientFundsError, RateLimitError), Exit.CREDIT),
    ((ServerError, ResponseDecodeError, StreamError), Exit.GATEWAY),
    ((APIError,), Exit.REFUSED),
)


def exit_code(error: BaseException) -> Exit:
    """Give the exit code that tells a script what kind of failure this was."""
    return next((code for kinds, code in _CODES if isinstance(error, kinds)), Exit.LOCAL)
