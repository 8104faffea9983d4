"""Every route of the OpenAPI, with values it allows and values it does not: never a 500, always a refusal in words."""

from collections.abc import Iterator

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from server.core.errors import catalogue
from server.openapi import describe
from server.schemas import all_routes
from tests.bench.house import House

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]

# Left out: what ends or locks the session the others need.
OUTSIDE = ["people_end_session", "people_change_password", "people_start_session"]
schema = schemathesis.openapi.from_dict(describe(all_routes(), "http://127.0.0.1")).exclude(operation_id=OUTSIDE)
quick = settings(
    max_examples=3, phases=[Phase.explicit, Phase.generate], deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def line() -> Iterator[requests.Session]:
    """One kept-alive connection."""
    with requests.Session() as made:
        made.trust_env = False
        yield made


def check(prepared: requests.PreparedRequest, server: House, line: requests.Session, surface: str, token: str) -> None:
    prepared.headers.update({"X-Nghisu-Surface": surface, "Cookie": f"nghisu_{surface}={token}"})
    try:
        answer = line.send(prepared, timeout=20, allow_redirects=False)
    except requests.ConnectionError:  # the server had just closed the kept-alive connection; no time-out is forgiven
        answer = line.send(prepared, timeout=20, allow_redirects=False)
    # 503 is not now, in words: the database is busy, a page is drawn again.
    assert answer.status_code < 500 or answer.status_code == 503, (prepared.method, prepared.url, prepared.body)
    if answer.status_code >= 400:
        said = answer.json()
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert said["code"] in catalogue
        assert said["status"] == answer.status_code
        assert "Traceback" not in answer.text


@schema.parametrize()
@quick
def test_every_answer_is_in_words(case: schemathesis.Case, server: House, line: requests.Session) -> None:
    # Written once and sent three times: there are thousands of cases, and writing them takes longer than answering.
    prepared = requests.Request(**case.as_transport_kwargs(base_url=server.url)).prepare()
    check(prepared, server, line, "console", "")
    check(prepared, server, line, "seat", server.tokens[0])
    check(prepared, server, line, "console", server.secretary)
