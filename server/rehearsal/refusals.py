"""What a rehearsal can be refused."""

from server.core.errors import define

define(
    "ticket_refused", 401,
    vi="Vé diễn tập không hợp lệ, đã dùng hoặc đã hết hạn.", en="The rehearsal ticket is not valid, was used, or has ended.",
    next_vi="Chạy lại nghisu rehearse trên máy chủ để có vé mới.",
    next_en="Run nghisu rehearse on the server again; it makes a new one.",
)
