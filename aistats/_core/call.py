"""One call: its attempts, what they log, and the error for an answer that never came."""

from __future__ import annotations

import functools
import json
import logging
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from attrs import evolve

from aistats._core.answer import Answer, OpenAnswer
from aistats._core.colour import BudgetError
from aistats._core.decode import decode, decode_object
from aistats._core.error_bodies import from_response
from aistats._core.options import check_retry, check_timeout
from aistats._core.request import Ended, arguments_of, build
from aistats._core.retry import Repeat, repeat_of
from aistats._core.transport import Attempt, Outgoing
from aistats.errors import (
    AIStatsError,
    APIError,
    ConfigurationError,
    ConnectionFailedError,
    RequestTimeoutError,
    ResponseDecodeError,
    StreamError,
    one_line,
)
from aistats.results import request_id_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats._core.colour import AnyEngine
    from aistats._core.request import Request
    from aistats._json import JSONObject
    from aistats_generated.operations import OperationSpec

T = TypeVar("T")

log: logging.Logger = logging.getLogger("aistats")


async def perform(
    engine: AnyEngine,
    request: Request,
    use: Callable[[Answer], T],
    *,
    deadline: float | None = None,
) -> T:
    """Make one call, repeating it as its policy allows, and give what `use` makes of its answer.

    `deadline`, on the engine's clock, takes the place of the budget of its retries. Raises
    `APIError` for a status >= 400, `ConnectionFailedError` where no answer came, and whatever
    `use` raises.
    """
    call, limit = _Call(engine, request, deadline), engine.options.limits.body
    try:
        result = use(await call.made(lambda opened: opened.read(limit)))
    except Exception as error:
        await call.report(None, error)
        raise
    await call.report(result, None)
    return result


async def send(engine: AnyEngine, request: Request, *, deadline: float | None = None) -> Answer:
    """Make one call and give its answer as it is."""
    return await perform(engine, request, lambda answer: answer, deadline=deadline)


async def fetch(
    engine: AnyEngine, request: Request, *, deadline: float | None = None
) -> dict[str, Any]:
    """Make one call that must answer with a JSON object, and give that object."""
    return await perform(engine, request, decode_object, deadline=deadline)


async def operate(
    engine: AnyEngine,
    spec: OperationSpec,
    args: tuple[object, ...] = (),
    params: JSONObject | None = None,
    *,
    label: str | None = None,
) -> Any:
    """Make the call of a described operation and decode its answer; `label` is what was typed."""
    label = label or spec.name
    request = build(spec, arguments_of(spec, args, params or {}, label), label)
    return await perform(engine, request, lambda answer: decode(spec, answer, operation=label))


async def open_answer(
    engine: AnyEngine, request: Request, *, deadline: float | None = None
) -> OpenAnswer:
    """Make one call and give its answer with the body unread; close it after use.

    A given `deadline` also ends the reading of the body; a budget of the retries does not.
    """

    async def as_it_is(opened: OpenAnswer) -> OpenAnswer:
        opened.at_end = call.report
        return opened

    call = _Call(engine, request, deadline, keeps_open=True)
    try:
        answer: OpenAnswer = await call.made(as_it_is)
    except Exception as error:
        await call.report(None, error)
        raise
    return answer


class _Call:
    """One call under way, sent as often as its retry policy allows."""

    def __init__(
        self,
        engine: AnyEngine,
        request: Request,
        deadline: float | None,
        *,
        keeps_open: bool = False,
    ) -> None:
        options = engine.options
        self.engine, self.request, self.keeps_open = engine, request, keeps_open
        self.retry = options.retry if request.retry is None else check_retry(request.retry)
        given = request.timeout
        self.timeout = options.timeout if given is None else check_timeout(given)
        self.repeat: Repeat = repeat_of(request.method, request.path)
        self.url = request.absolute or self._url()
        self.headers = self._headers()
        self.began, self.opened_at = engine.clock(), datetime.now(UTC)
        self.attempts = 0
        self.status: int | None = None
        self.bounds_body = deadline is not None
        self.deadline = engine.deadline(self.retry) if deadline is None else deadline

    def _url(self) -> httpx.URL:
        try:
            return _parsed(f"{self._base_url}{self.request.path}")
        except httpx.InvalidURL as error:
            label = one_line(self.request.label, 100)
            raise ConfigurationError(f"{label}: the URL cannot be built: {error}") from None

    def _headers(self) -> httpx.Headers:
        request, options = self.request, self.engine.options
        # Only codings that are undone in bounded memory; an open body is read as it comes.
        codings = "identity" if self.keeps_open else "gzip"
        # Its repr hides the key: error reports show local variables.
        headers = httpx.Headers({"accept": request.accept, "accept-encoding": codings})
        own = request.absolute is None or self.engine.is_own(request.absolute)
        if own:  # what the caller sends to the gateway may be as secret as the key
            headers.update(options.headers)
        headers.update(request.headers)
        if request.content is not None:
            headers["content-type"] = "application/json"
        if request.credential != "none" and own:
            key = options.key_for(request.credential, request.label)
            headers["authorization"] = f"Bearer {key.token}"
        return headers

    async def made(self, use: Callable[[OpenAnswer], Any]) -> Any:
        """Send it until it succeeds; give what `use` makes of the open answer."""
        engine, request = self.engine, self.request
        if engine.observer is not None:
            engine.observer.admit(request)
        while True:
            self.attempts += 1
            try:
                return await self._attempt(use)
            except (APIError, ConnectionFailedError) as error:
                pause = self.retry.pause(
                    error, repeat=self.repeat, attempt=self.attempts, uniform=engine.uniform
                )
                repeatable = request.form is None or request.form.repeatable
                if pause is None or not repeatable or self._is_past(engine.clock() + pause):
                    raise
                log.warning("%s: %s; trying again in %.2f s", request.label, _brief(error), pause)
            await engine.world.sleep(pause)

    async def report(self, facts: object, error: BaseException | None) -> None:
        """Tell whoever listens how the call ended; not of one that was never begun."""
        if isinstance(error, ResponseDecodeError | StreamError) and self.status in range(200, 300):
            error.may_have_run = self.repeat != "safe"  # a success, though not a whole one
        observer = self.engine.observer
        if observer is None or not self.attempts:
            return
        seconds = self.engine.clock() - self.began
        end = Ended(facts, error, self.status, self.attempts, seconds)
        await observer.ended(self.request, end)

    def _is_past(self, moment: float) -> bool:
        return self.deadline is not None and moment >= self.deadline

    async def _attempt(self, use: Callable[[OpenAnswer], Any]) -> Any:
        engine, attempt = self.engine, Attempt(self.timeout, self.deadline, self.engine.clock)
        left = None if self.deadline is None else max(0.0, self.deadline - engine.clock())
        outcome: object = "no answer"
        self.status = None
        request_id: str | None = None
        try:
            with engine.world.budget(left):
                answer = await self._opened(attempt)
                outcome = self.status = answer.status
                if answer.status >= 400:
                    told = await answer.read(engine.options.limits.error_body)
                    raise self._api_error(told)
                used = await use(answer)
            if isinstance(used, Answer):
                request_id = _request_id(used) if log.isEnabledFor(logging.DEBUG) else None
                used = evolve(used, seconds=engine.clock() - self.began)
            return used
        except (httpx.TransportError, httpx.InvalidURL, BudgetError) as error:
            outcome = type(error).__name__
            raise self._connection_failed_error(error, attempt) from error
        except APIError as error:
            request_id = error.request_id
            raise
        except ConnectionFailedError as error:  # of the body
            outcome = type(error.__cause__).__name__
            self._say_what_may_exist(error)
            raise
        finally:
            log.debug(
                "%s: attempt %d: %s in %.0f ms, request id %s",
                *(self.request.label, self.attempts, outcome),
                *((engine.clock() - attempt.began) * 1000, request_id or "-"),
            )

    def _api_error(self, told: Answer) -> APIError:
        """Build the error that an answer tells, with a hint where not even the gateway answered."""
        error, base = from_response(told.status, told.headers, told.content), self._base_url
        if error.status_code == 404 and isinstance(error.body, str) and not base.endswith("/v1"):
            error.message = f"{error.message}: base_url is {base}; did you mean {base}/v1?"
        return error

    @property
    def _base_url(self) -> str:
        return self.engine.options.base_url

    async def _opened(self, attempt: Attempt) -> OpenAnswer:
        """Send it once and give the open answer."""
        engine, form = self.engine, self.request.form
        with ExitStack() as files:
            parts = None if form is None else files.enter_context(form.opened())
            outgoing = Outgoing(self.request, self.url, self.headers, attempt, parts)
            response = await engine.world.transport.send(outgoing)
        bounded = self.bounds_body or not self.keeps_open
        if not bounded:  # whoever iterates over an open body takes the time it takes
            attempt.forget_deadline()
        overdue = (lambda: self._is_past(engine.clock())) if bounded else bool
        return OpenAnswer(
            engine.world,
            response,
            bare_request=self._bare_request,
            overdue=overdue,
            attempts=self.attempts,
        )

    def _bare_request(self) -> httpx.Request:
        """Give what an error may show of the request: no headers, no body, and no signed query."""
        url = self.url.copy_with(userinfo=b"", query=None, fragment=None)
        return httpx.Request(self.request.method, url)

    def _connection_failed_error(self, error: Exception, attempt: Attempt) -> ConnectionFailedError:
        """Build the error for an answer that did not come; the original becomes its cause."""
        timed_out = isinstance(error, httpx.TimeoutException | BudgetError)
        kind = RequestTimeoutError if timed_out else ConnectionFailedError
        what = "no answer in time" if timed_out else "the connection failed"
        detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        if isinstance(error, BudgetError):
            detail = "the budget of the call is used up"
        if isinstance(error, httpx.RequestError):
            error.request = self._bare_request()  # it may travel to other processes
        made = kind(
            one_line(f"{self.request.label} to {self.url.host}: {what} ({detail})"),
            request=self._bare_request(),
            may_have_run=not attempt.never_sent(error),
        )
        self._say_what_may_exist(made)
        return made

    def _say_what_may_exist(self, error: ConnectionFailedError) -> None:
        """Tell between which moments a job may have been created whose answer was lost."""
        if not (error.may_have_run and self.repeat == "job"):
            return
        error.window = window = self.opened_at, datetime.now(UTC)
        between = f"between {window[0]:%H:%M:%S} and {window[1]:%H:%M:%S} UTC"
        advice = f"look for one created {between} before you create another"
        error.args = (f"{error}; the job may exist and be billed: {advice}",)


# Parsing costs as much as a tenth of a small call, and a look at a job asks the same URL again.
_parsed = functools.lru_cache(maxsize=1024)(httpx.URL)


def _request_id(answer: Answer) -> str | None:
    """Find the request id in the body, the only place it is in."""
    try:
        facts = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    found = request_id_of(facts)
    return one_line(found, 80) if found else None


def _brief(error: AIStatsError) -> str:
    if isinstance(error, APIError):
        return one_line(f"{error.status_code} {error.code or ''} {error.request_id or ''}", 120)
    return type(error.__cause__ or error).__name__
