"""What meetings can be refused."""

from server.core.errors import define

define(
    "meeting_not_found", 404,
    vi="Không tìm thấy cuộc họp này.", en="There is no such meeting.",
    next_vi="Chọn lại cuộc họp trong danh sách.", next_en="Choose a meeting from the list.",
)
define(
    "meeting_closed", 409,
    vi="Cuộc họp đã kết thúc nên chỉ còn xem được.", en="The meeting is closed and can only be read.",
    next_vi="Nếu cần làm tiếp, tạo cuộc họp mới.", next_en="To go on, create a new meeting.",
)
define(
    "meeting_not_in_session", 409,
    vi="Cuộc họp hiện không trong phiên.", en="The meeting is not in session now.",
    next_vi="Khai mạc hoặc tiếp tục phiên họp trước.", next_en="Open or resume the meeting first.",
)
define(
    "meeting_started", 409,
    vi="Cuộc họp đã khai mạc nên không sửa được thông tin chung.",
    en="The meeting has begun, so its particulars cannot be changed.",
    next_vi="Gửi thông báo tới đại biểu nếu có thay đổi.", next_en="Send a notice if something has changed.",
)
define(
    "participant_not_found", 404,
    vi="Người này không có trong danh sách của cuộc họp.", en="This person is not on the meeting's list.",
    next_vi="Tải lại danh sách rồi chọn lại.", next_en="Reload the list and choose again.",
)
define(
    "agenda_item_not_found", 404,
    vi="Không tìm thấy mục chương trình này.", en="There is no such agenda item.",
    next_vi="Tải lại chương trình rồi chọn lại.", next_en="Reload the agenda and choose again.",
)
define(
    "agenda_too_deep", 422,
    vi="Chương trình chỉ có hai cấp: mục và mục con.", en="The agenda has two levels only: items and sub-items.",
    next_vi="Chọn một mục lớn làm mục cha.", next_en="Choose a top-level item as the parent.",
)
define(
    "agenda_full", 409,
    vi="Chương trình đã đủ {most} mục.", en="The agenda already has {most} items.",
    next_vi="Gộp bớt các mục.", next_en="Merge some items.",
)
define(
    "agenda_changed", 409,
    vi="Chương trình vừa được người khác sửa.", en="The agenda was just changed by somebody else.",
    next_vi="Xem lại thứ tự mới rồi sắp xếp lần nữa.", next_en="Look at the new order and arrange it again.",
)
define(
    "agenda_item_started", 409,
    vi="Mục này đã bắt đầu nên không xóa được.", en="This item has begun and cannot be removed.",
    next_vi="Kết thúc mục, hoặc sửa tên nếu ghi nhầm.", next_en="Finish it, or correct its title.",
)
define(
    "agenda_item_not_current", 409,
    vi="Mục này không phải mục đang diễn ra.", en="This is not the current item.",
    next_vi="Xem lại mục đang diễn ra.", next_en="Look at which item is current.",
)
define(
    "step_not_possible", 409,
    vi="Từ trạng thái hiện tại không chuyển sang bước này được.", en="This step is not possible from the present state.",
    next_vi="Xem lại trạng thái cuộc họp rồi chọn bước khác.", next_en="Look at the meeting's state and choose another step.",
)
define(
    "step_incomplete", 409,
    vi="Chưa đủ điều kiện: {what}", en="Not ready yet: {what_en}",
    next_vi="Bổ sung phần còn thiếu rồi làm lại.", next_en="Add what is missing and try again.",
)
define(
    "step_not_confirmed", 422,
    vi="Bước này cần được xác nhận.", en="This step needs a confirmation.",
    next_vi="Đọc hệ quả rồi bấm xác nhận.", next_en="Read the consequence and confirm.",
)
define(
    "quorum_missing", 409,
    vi="{what}", en="{what_en}",
    next_vi="Chờ thêm đại biểu, hoặc xác nhận khai mạc khi chưa đủ.", next_en="Wait, or confirm to open without a quorum.",
)
define(
    "notice_not_found", 404,
    vi="Thông báo này không còn hiển thị.", en="This notice is no longer shown.",
    next_vi="Không cần làm gì thêm.", next_en="Nothing more needs to be done.",
)
