"""What the live sockets can be refused (HTTP's own refusals are in errors.py)."""

from server.core.errors import define

define(
    "topic_unknown", 404,
    vi="Không có nguồn tin {topic}.", en="There is no topic {topic}.",
    next_vi="Tải lại trang.", next_en="Reload the page.",
)
define(
    "too_many_topics", 429,
    vi="Màn hình này theo dõi quá nhiều nguồn tin.", en="This screen watches too many topics.",
    next_vi="Tải lại trang.", next_en="Reload the page.",
)
