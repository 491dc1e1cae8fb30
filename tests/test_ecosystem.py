"""Whatever hooks into httpx sees our calls: mocks, recorders and traces, sync and async."""

from __future__ import annotations

import httpx
import pytest
import respx
import vcr
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from aistats import ConnectionFailedError, Retry
from aistats.sandbox import Sandbox
from tests.colours import Colour, colours, with_client

HOST = "https://gateway.invalid/v1"
JOB = {"id": "G-1", "object": "video", "status": "queued"}


def create(client):
    return client.videos.create(model="google/veo-3.1-lite-preview", prompt="a lake")


@colours
@respx.mock
def test_respx_answers_instead_of_the_gateway(colour: Colour) -> None:
    route = respx.post(f"{HOST}/videos").mock(return_value=httpx.Response(200, json=JOB))
    job = with_client(colour, create, base_url=HOST)
    assert job.id == "G-1"
    assert route.calls.last.request.headers["content-type"] == "application/json"


@colours
@respx.mock
def test_a_failure_that_respx_pretends_is_ours_to_tell(colour: Colour) -> None:
    respx.post(f"{HOST}/videos").mock(side_effect=httpx.ReadError("cut"))
    with pytest.raises(ConnectionFailedError) as caught:
        with_client(colour, create, base_url=HOST)
    assert caught.value.may_have_run


@colours
def test_pytest_httpx_answers_instead_of_the_gateway(colour: Colour, httpx_mock) -> None:
    httpx_mock.add_response(method="POST", url=f"{HOST}/videos", json=JOB)
    assert with_client(colour, create, base_url=HOST).id == "G-1"
    assert b"a lake" in httpx_mock.get_requests()[0].read()


@colours
def test_vcr_records_a_call_and_plays_it_back(colour: Colour, tmp_path) -> None:
    cassette = str(tmp_path / "call.yaml")

    def ask(client):
        return client.embeddings.create(model="openai/text-embedding-3-small", input="a")

    with Sandbox() as gateway:
        base = gateway.base_url
        with vcr.use_cassette(cassette, filter_headers=["authorization"]) as recorded:
            first = with_client(colour, ask, base_url=base, api_key=gateway.api_key)
        assert len(recorded) == 1
    with vcr.use_cassette(cassette, record_mode="none") as played:  # the gateway is gone
        again = with_client(colour, ask, base_url=base, retry=Retry(attempts=1))
    assert played.play_count == 1
    assert again.to_dict() == first.to_dict()


@colours
def test_opentelemetry_records_a_span_of_each_attempt(colour: Colour) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        with Sandbox() as gateway:
            gateway.fail(next=1, status=503)
            policy = Retry(attempts=2, base=0.0)
            settings = {"base_url": gateway.base_url, "api_key": gateway.api_key, "retry": policy}
            with_client(colour, lambda client: client.models.list().first_page(), **settings)
    finally:
        instrumentor.uninstrument()
        provider.shutdown()
    spans = exporter.get_finished_spans()
    statuses = [span.attributes.get("http.status_code") for span in spans]
    assert statuses == [503, 200]
    assert not any("phaseo_v1_sk" in str(dict(span.attributes)) for span in spans)
