"""Refusals: every "no" of this house has a stable code, a sentence, and what to do next, in Vietnamese and English.

A feature lists its refusals once with `define` (in its `refusals.py`) and raises `Refused(code, **params)`. The HTTP
layer turns a `Refused` into `application/problem+json` (RFC 9457).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of refusal. Texts may hold `{params}` that `Refused` fills."""

    code: str
    status: int
    vi: str
    en: str
    next_vi: str
    next_en: str
    retry_after: int | None = None  # seconds after which the same request may succeed


class FieldError(TypedDict):
    """What is wrong with one field of the input. `path` is dotted ("items.3.title")."""

    path: str
    message: str
    message_en: str


@dataclass
class Refused(Exception):
    """Raised by commands and guards: the request is understood and will not be done.

    Nothing has been written when it reaches the caller: the transaction is rolled back.
    """

    code: str
    params: dict[str, str | int]
    errors: list[FieldError] = field(default_factory=list)

    def __init__(self, code: str, /, errors: list[FieldError] | None = None, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.errors = errors or []

    @property
    def refusal(self) -> Refusal:
        """The catalogue entry of this refusal."""
        return catalogue[self.code]

    def text(self, template: str) -> str:
        """`template` with this refusal's params filled in."""
        return template.format_map(_Blank(self.params))

    def problem(self) -> dict[str, object]:
        """The body of the RFC 9457 answer (without `request_id`, which HTTP adds)."""
        refusal = self.refusal
        body: dict[str, object] = {
            "type": f"/api/docs#refusal-{self.code}",
            "title": self.text(refusal.en),
            "status": refusal.status,
            "code": self.code,
            "detail": self.text(refusal.vi),
            "detail_en": self.text(refusal.en),
            "next": self.text(refusal.next_vi),
            "next_en": self.text(refusal.next_en),
            "params": self.params,
        }
        if self.errors:
            body["errors"] = self.errors
        return body


class _Blank(dict[str, object]):
    """A missing param must never turn a refusal into a crash."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__(params)

    def __missing__(self, key: str) -> str:
        return "…"


catalogue: dict[str, Refusal] = {}


def define(
    code: str, status: int, *, vi: str, en: str, next_vi: str, next_en: str, retry_after: int | None = None
) -> None:
    """Add a refusal to the catalogue. Two refusals with one code are a programming error."""
    if code in catalogue:
        raise ValueError(f"refusal {code!r} is defined twice")
    catalogue[code] = Refusal(code, status, vi, en, next_vi, next_en, retry_after)


define(
    "invalid_input", 422,
    vi="Một số thông tin gửi lên chưa đúng.", en="Some of what was sent is not valid.",
    next_vi="Sửa các ô được đánh dấu rồi gửi lại.", next_en="Correct the marked fields and send again.",
)
define(
    "not_json", 400,
    vi="Nội dung gửi lên không phải JSON hợp lệ.", en="The body is not valid JSON.",
    next_vi="Gửi lại với Content-Type: application/json.", next_en="Send it again with Content-Type: application/json.",
)
define(
    "too_large", 413,
    vi="Nội dung gửi lên vượt quá giới hạn cho phép.", en="What was sent is larger than allowed.",
    next_vi="Chia nhỏ hoặc giảm dung lượng rồi gửi lại.", next_en="Split it or make it smaller, then send again.",
)
define(
    "not_found", 404,
    vi="Không tìm thấy mục này.", en="This was not found.",
    next_vi="Kiểm tra lại đường dẫn hoặc quay về trang chính.", next_en="Check the address or go back to the start.",
)
define(
    "method_not_allowed", 405,
    vi="Thao tác này không dùng được ở địa chỉ này.", en="This method is not allowed at this address.",
    next_vi="Xem mô tả tại /api/docs.", next_en="See /api/docs.",
)
define(
    "idempotency_key_missing", 400,
    vi="Yêu cầu ghi thiếu khóa Idempotency-Key.", en="A write needs an Idempotency-Key header.",
    next_vi="Gửi lại kèm một khóa 8–64 ký tự [A-Za-z0-9_-].", next_en="Send it again with a key of 8–64 characters of [A-Za-z0-9_-].",
)
define(
    "idempotency_key_reused", 409,
    vi="Khóa này đã dùng cho một yêu cầu khác.", en="This Idempotency-Key was used for a different request.",
    next_vi="Dùng một khóa mới cho yêu cầu mới.", next_en="Use a new key for a new request.",
)
define(
    "sign_in_required", 401,
    vi="Đồng chí chưa đăng nhập hoặc phiên đã hết hạn.", en="You are not signed in, or the session has ended.",
    next_vi="Đăng nhập lại.", next_en="Sign in again.",
)
define(
    "forbidden", 403,
    vi="Đồng chí không có quyền làm việc này.", en="You are not permitted to do this.",
    next_vi="Liên hệ thư ký cuộc họp hoặc người quản trị nếu cần quyền.", next_en="Ask the secretary or the administrator if you need it.",
)
define(
    "too_many_requests", 429,
    vi="Có quá nhiều yêu cầu trong thời gian ngắn.", en="Too many requests in a short time.",
    next_vi="Chờ một phút rồi thử lại.", next_en="Wait a minute and try again.", retry_after=60,
)
define(
    "cross_site", 403,
    vi="Yêu cầu đến từ một trang khác nên bị từ chối.", en="The request came from another site and was refused.",
    next_vi="Mở lại trang của phòng họp và thao tác tại đó.", next_en="Open the meeting's own page and act there.",
)
define(
    "busy", 503,
    vi="Máy chủ chưa ghi được, chưa có gì thay đổi.", en="The server could not store this; nothing has changed.",
    next_vi="Thiết bị sẽ tự gửi lại; nếu kéo dài, báo kỹ thuật viên.", next_en="The device retries by itself; if it lasts, tell the technician.",
    retry_after=1,
)
define(
    "internal", 500,
    vi="Máy chủ gặp lỗi khi xử lý, chưa có gì thay đổi.", en="The server failed while handling this; nothing has changed.",
    next_vi="Thử lại; nếu vẫn lỗi, báo kỹ thuật viên mã yêu cầu bên dưới.", next_en="Try again; if it persists, give the technician the request id below.",
)
define(
    "page_not_built", 503,
    vi="Giao diện chưa được dựng trên máy chủ này.", en="The front end has not been built on this server.",
    next_vi="Chạy make build rồi tải lại trang.", next_en="Run make build and reload.",
)
