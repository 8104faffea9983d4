"""Every route of the OpenAPI, with values it allows and values it does not: never a 500, always a refusal in words."""

from collections.abc import Iterator

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

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
        yield made


def check(case: schemathesis.Case, server: House, line: requests.Session, surface: str, token: str) -> None:
    headers = {"X-Nghisu-Surface": surface, "Cookie": f"nghisu_{surface}={token}"}
    answer = case.call(base_url=server.url, session=line, headers=headers, timeout=20)
    if answer.status_code != 503:  # not now, in words: the database is busy, a page is drawn again
        case.validate_response(answer, checks=[not_a_server_error])
    if answer.status_code >= 400:
        said = answer.json()
        assert answer.headers["content-type"][0].startswith("application/problem+json")
        assert said["code"] in catalogue
        assert said["status"] == answer.status_code
        assert "Traceback" not in answer.text


@schema.parametrize()
@quick
def test_every_answer_is_in_words(case: schemathesis.Case, server: House, line: requests.Session) -> None:
    check(case, server, line, "console", "")
    check(case, server, line, "seat", server.tokens[0])
    check(case, server, line, "console", server.secretary)
