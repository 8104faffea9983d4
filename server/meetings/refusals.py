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
define(
    "participant_twice", 409,
    vi="{name} đã có trong danh sách cuộc họp.", en="{name} is already on the meeting's list.",
    next_vi="Tìm tên trong danh sách để sửa.", next_en="Find the name on the list to change it.",
)
define(
    "participant_kept", 409,
    vi="Không xóa được người này vì đã có dữ liệu trong cuộc họp.",
    en="This person cannot be removed: the meeting already holds records of them.",
    next_vi="Ghi lý do vắng, hoặc đổi thành phần.", next_en="Note the reason of absence, or change their part.",
)
define(
    "guest_entitled", 422,
    vi="Khách mời không có quyền biểu quyết.", en="A guest never has a vote.",
    next_vi="Bỏ quyền biểu quyết hoặc đổi thành phần.", next_en="Take away the vote or change the part.",
)
define(
    "seat_taken", 409,
    vi="Ghế {seat} đã xếp cho {name}.", en="Seat {seat} is given to {name}.",
    next_vi="Chọn ghế khác.", next_en="Choose another seat.",
)
define(
    "sheet_unreadable", 422,
    vi="Không đọc được tệp “{name}”.", en="The file “{name}” cannot be read.",
    next_vi="Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx hoặc .csv, rồi tải lên.",
    next_en="Open it in Excel or LibreOffice, save it as .xlsx or .csv, and upload that.",
)
define(
    "sheet_too_large", 413,
    vi="Danh sách “{name}” quá lớn: nhiều nhất {rows} dòng, {columns} cột, {mb} MB.",
    en="The list “{name}” is too large: at most {rows} rows, {columns} columns, {mb} MB.",
    next_vi="Xóa các dòng, cột thừa hoặc chia thành nhiều tệp.",
    next_en="Remove surplus rows and columns, or split it into several files.",
)
define(
    "sheet_empty", 422,
    vi="Tệp “{name}” không có dòng nào.", en="The file “{name}” has no rows.",
    next_vi="Kiểm tra trang tính đầu tiên của tệp.", next_en="Look at the first sheet of the file.",
)
define(
    "sheet_missing", 422,
    vi="Chưa có tệp nào được gửi lên.", en="No file was sent.",
    next_vi="Chọn tệp .xlsx hoặc .csv.", next_en="Choose an .xlsx or .csv file.",
)
define(
    "import_expired", 410,
    vi="Bản xem trước đã hết hạn.", en="The preview has expired.",
    next_vi="Tải tệp lên lại.", next_en="Upload the file again.",
)
define(
    "import_has_problems", 409,
    vi="Còn {problems} dòng có vấn đề, chưa nhập dòng nào.", en="{problems} rows have problems; nothing was imported.",
    next_vi="Sửa tệp rồi tải lại, hoặc chọn chỉ nhập các dòng hợp lệ.",
    next_en="Correct the file and upload it again, or choose to import the good rows only.",
)
define(
    "import_nothing", 409,
    vi="Không có dòng hợp lệ nào để nhập.", en="There is no good row to import.",
    next_vi="Kiểm tra cách ghép cột và nội dung tệp.", next_en="Check the columns and the file.",
)
define(
    "join_unknown", 404,
    vi="Không có cuộc họp nào với mã này đang mở.", en="No open meeting has this code.",
    next_vi="Quét lại mã trên màn hình hội trường, hoặc hỏi thư ký.",
    next_en="Scan the code on the wall again, or ask the secretary.",
)
define(
    "invitation_invalid", 422,
    vi="Giấy mời này không hợp lệ hoặc đã được thay bằng giấy mới.",
    en="This invitation is not valid, or was replaced by a newer one.",
    next_vi="Dùng giấy mời mới nhất, hoặc chọn tên rồi nhập mã PIN.",
    next_en="Use the newest invitation, or choose your name and enter the PIN.",
)
define(
    "pin_outdated", 409,
    vi="Mã PIN của đồng chí {name} đã được cấp lại; mã này không dùng được nữa.",
    en="{name} has got a new PIN; this one is void.",
    next_vi="Cấp lại mã cho đồng chí đó rồi in.", next_en="Make a new PIN for this person, then print.",
)
define(
    "pin_wrong", 401,
    vi="Mã PIN chưa đúng. Còn {left} lần thử.", en="The PIN is wrong. {left} more tries.",
    next_vi="Xem lại mã trên giấy mời.", next_en="Look at the PIN on the invitation.",
)
define(
    "pin_missing", 409,
    vi="Đồng chí chưa được cấp mã PIN.", en="No PIN has been made for you yet.",
    next_vi="Nhờ thư ký cấp mã.", next_en="Ask the secretary for one.",
)
define(
    "not_a_teller", 403,
    vi="Đồng chí không ở trong ban kiểm phiếu nên không mở được bàn kiểm phiếu.",
    en="You are not one of the tellers and cannot open a counting station.",
    next_vi="Nhờ thư ký cử vào ban kiểm phiếu, hoặc đăng nhập tại ghế.",
    next_en="Ask the secretary to appoint you, or sign in at your seat.",
)
define(
    "pin_expired", 403,
    vi="Mã PIN đã hết hạn.", en="The PIN has expired.",
    next_vi="Nhờ thư ký cấp mã mới.", next_en="Ask the secretary for a new one.",
)
