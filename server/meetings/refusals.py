"""What meetings can be refused."""

from server.core.errors import define

define(
    "meeting_not_found", 404,
    vi="Không tìm thấy cuộc họp này.", en="There is no such meeting.",
    next_vi="Chọn lại cuộc họp trong danh sách.", next_en="Choose a meeting from the list.",
)
