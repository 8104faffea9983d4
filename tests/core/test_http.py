"""The way in: every refusal explains itself, a repetition is harmless, and a foreign page cannot write."""

import gzip
import re
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from server.core.services import Services
from tests.conftest import Caller, code
from tests.scene import Scene

Client = Callable[..., Caller]
NEW_MEETING = {"title": "Họp thường kỳ", "kind": "meeting", "starts_at": "2026-11-23T08:00:00+07:00"}


def test_a_refusal_has_code_words_and_next_step_in_both_languages(client: Client) -> None:
    body = client("nobody").get("/api/session").json
    assert body["code"] == "sign_in_required"
    for name in ("detail", "detail_en", "next", "next_en", "request_id"):
        assert body[name]


def test_a_repetition_gets_the_first_answer_and_is_done_once(client: Client, scene: Scene) -> None:
    secretary = client("secretary")
    path = f"/api/units/{scene.top}/meetings"
    first = secretary.post(path, NEW_MEETING, key="the-same-key-1")
    again = secretary.post(path, NEW_MEETING, key="the-same-key-1")
    assert first.status_code == 200
    assert again.json == first.json
    assert len(secretary.get("/api/me/meetings").json["meetings"]) == 1


def test_a_key_of_another_request_is_refused(client: Client, scene: Scene) -> None:
    secretary = client("secretary")
    path = f"/api/units/{scene.top}/meetings"
    secretary.post(path, NEW_MEETING, key="the-same-key-2")
    other = secretary.post(path, {**NEW_MEETING, "title": "Khác"}, key="the-same-key-2")
    assert code(other) == "idempotency_key_reused"


def test_one_persons_answer_is_never_given_to_another(client: Client, scene: Scene) -> None:
    path = f"/api/units/{scene.top}/meetings"
    one = client("secretary").post(path, NEW_MEETING, key="shared-key-3")
    assert one.status_code == 200
    assert code(client("steward").post(path, NEW_MEETING, key="shared-key-3")) == "forbidden"


@pytest.mark.parametrize("key", ["", "short", "has spaces in it", "x" * 65, "ký-tự-có-dấu"])
def test_a_write_needs_a_good_key(client: Client, scene: Scene, key: str) -> None:
    headers = {"Idempotency-Key": key.encode().decode("latin-1")}
    answer = client("secretary").send("POST", f"/api/units/{scene.top}/meetings", NEW_MEETING, headers=headers)
    assert code(answer) == "idempotency_key_missing"


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_foreign_page_cannot_write(client: Client, scene: Scene, headers: dict[str, str]) -> None:
    answer = client("secretary").send("POST", f"/api/units/{scene.top}/meetings", NEW_MEETING, headers=headers)
    assert code(answer) == "cross_site"


def test_session_cookies_cannot_be_read_by_scripts(app: Flask, client: Client) -> None:
    client("secretary")
    answer = Caller(app).post("/api/sign-in", {"account": "secretary.1", "password": "mat khau thu 2026"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_session_counts_on_its_own_surface_only(client: Client) -> None:
    secretary = client("secretary")
    assert secretary.get("/api/session").status_code == 200
    assert code(secretary.get("/api/session", headers={"X-Nghisu-Surface": "seat"})) == "sign_in_required"


def test_each_wrong_field_is_named_in_both_languages(client: Client, scene: Scene) -> None:
    answer = client("secretary").post(f"/api/units/{scene.top}/meetings", {"title": "", "kind": "party", "more": 1})
    assert code(answer) == "invalid_input"
    assert {"title", "kind", "starts_at", "more"} <= {error["path"] for error in answer.json["errors"]}
    assert all(error["message"] and error["message_en"] for error in answer.json["errors"])


def test_numbers_no_row_can_have_are_not_found(client: Client) -> None:
    assert client("secretary").get(f"/api/meetings/{10**30}").status_code == 404


def test_a_large_body_is_refused(client: Client, scene: Scene) -> None:
    answer = client("secretary").send(
        "POST", f"/api/units/{scene.top}/meetings", data=b'{"title": "' + b"x" * 3_000_000 + b'"}'
    )
    assert code(answer) == "too_large"


def test_a_wrong_method_or_address_is_said_in_words(client: Client) -> None:
    assert code(client("secretary").send("DELETE", "/api/sign-in")) == "method_not_allowed"
    assert code(client("secretary").get("/api/nothing/here")) == "not_found"


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_random_bodies_never_break_the_server(client: Client, scene: Scene, body: bytes) -> None:
    answer = client("secretary").send("POST", f"/api/units/{scene.top}/meetings", data=body)
    assert answer.status_code in (400, 422)


def test_assets_cannot_lead_outside_of_their_folder(client: Client) -> None:
    for path in ("/assets/../build.json", "/assets/%2e%2e/build.json", "/assets//etc/passwd", "/assets/..%2fapp.py"):
        assert client("nobody").get(path).status_code in (404, 308)


def test_pages_forbid_foreign_scripts_and_frames(client: Client) -> None:
    policy = client("nobody").get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"script-src[^;]*'unsafe-", policy)


def test_metrics_name_no_person(client: Client) -> None:
    client("secretary").get("/api/session")
    text = client("nobody").get("/metrics").get_data(as_text=True)
    assert "nghisu_request_seconds_bucket" in text
    assert "secretary" not in text


def test_a_packed_asset_is_sent_to_who_understands_it(services: Services, client: Client) -> None:
    folder = services.settings.web_dist / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "held-by-test.js").write_text("plain")
    (folder / "held-by-test.js.gz").write_bytes(gzip.compress(b"packed"))
    try:
        plain = client("nobody").get("/assets/held-by-test.js")
        packed = client("nobody").get("/assets/held-by-test.js", headers={"Accept-Encoding": "gzip, br"})
    finally:
        (folder / "held-by-test.js").unlink()
        (folder / "held-by-test.js.gz").unlink()
    assert plain.data == b"plain"
    assert gzip.decompress(packed.data) == b"packed"
    assert packed.mimetype == plain.mimetype == "text/javascript"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    plain.close()
    packed.close()
