"""What voting can be refused."""

from server.core.errors import define

define(
    "poll_not_found", 404,
    vi="Không tìm thấy biểu quyết này.", en="There is no such vote.",
    next_vi="Xem lại danh sách biểu quyết của cuộc họp.", next_en="Look at the meeting's list of votes.",
)
define(
    "poll_not_draft", 409,
    vi="Biểu quyết này đã mở nên không sửa, xóa hay mở lại được.",
    en="This vote has been opened and can no longer be edited, deleted or opened again.",
    next_vi="Tạo một biểu quyết mới nếu cần.", next_en="Create a new vote if one is needed.",
)
define(
    "poll_already_open", 409,
    vi="Đang mở biểu quyết khác: {title}.", en="Another vote is open: {title}.",
    next_vi="Đóng biểu quyết đó trước.", next_en="Close that one first.",
)
define(
    "poll_not_open", 409,
    vi="Biểu quyết này chưa mở hoặc đã đóng; không ghi thêm phiếu nào.",
    en="This vote is not open yet or is closed; no ballot was recorded.",
    next_vi="Chờ thư ký mở biểu quyết; nếu vừa hết giờ, báo thư ký.",
    next_en="Wait until the secretary opens it; if time has just run out, tell the secretary.",
)
define(
    "poll_not_closed", 409,
    vi="Biểu quyết này chưa đóng nên chưa có kết quả.", en="This vote is not closed, so there is no result yet.",
    next_vi="Đóng biểu quyết rồi công bố.", next_en="Close it, then publish.",
)
define(
    "too_many_polls", 409,
    vi="Cuộc họp đã đủ {most} biểu quyết.", en="The meeting already has {most} votes.",
    next_vi="Xóa bớt biểu quyết còn ở dạng nháp.", next_en="Delete drafts that are not needed.",
)
define(
    "threshold_not_fit", 422,
    vi="Mức thông qua cần từ quá nửa đến toàn thể; đúng một nửa không phải là đa số.",
    en="A threshold lies between more than half and all; exactly half is no majority.",
    next_vi="Chọn “quá 1/2”, “ít nhất 2/3” hoặc một mức cao hơn.",
    next_en="Choose “more than 1/2”, “at least 2/3” or a higher one.",
)
define(
    "nobody_may_vote", 409,
    vi="Chưa có đại biểu nào có quyền biểu quyết trong phòng.", en="Nobody who is entitled to vote is in the room.",
    next_vi="Điểm danh đại biểu trước khi mở biểu quyết.", next_en="Check delegates in before opening the vote.",
)
define(
    "not_entitled", 403,
    vi="Đồng chí dự họp không có quyền biểu quyết.", en="You attend without the right to vote.",
    next_vi="Nếu có nhầm lẫn, báo thư ký cuộc họp.", next_en="If this is a mistake, tell the secretary.",
)
define(
    "not_present", 409,
    vi="Đồng chí chưa được ghi nhận có mặt.", en="You have not been checked in.",
    next_vi="Điểm danh tại cửa hoặc quét mã trên màn hình chính.", next_en="Check in at the door or scan the code on the wall.",
)
define(
    "came_after_open", 409,
    vi="Đồng chí vào danh sách sau khi mở biểu quyết; số người biểu quyết đã chốt.",
    en="You came after the vote was opened; the number of voters is fixed.",
    next_vi="Đồng chí tham gia từ biểu quyết tiếp theo.", next_en="You take part from the next vote on.",
)
define(
    "ballot_final", 409,
    vi="Phiếu của đồng chí đã được ghi và không đổi được.", en="Your ballot is recorded and cannot be changed.",
    next_vi="Biểu quyết này không cho đổi phiếu; ý kiến khác xin báo chủ trì.",
    next_en="This vote does not allow changes; tell the chair if you object.",
)
define(
    "agenda_item_has_polls", 409,
    vi="Mục này có biểu quyết nên không xóa được.", en="This item has votes and cannot be removed.",
    next_vi="Xóa các biểu quyết nháp của mục trước.", next_en="Delete the item's draft votes first.",
)
define(
    "participant_has_voted", 409,
    vi="Đại biểu này đã ở trong danh sách biểu quyết nên không xóa được.",
    en="This participant is on the list of a vote and cannot be removed.",
    next_vi="Ghi nhận vắng mặt hoặc bỏ quyền biểu quyết thay cho xóa.",
    next_en="Mark as absent or withdraw the right to vote instead.",
)
