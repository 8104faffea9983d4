"""What the relay can refuse."""

from server.core.errors import define

define(
    "relay_pass_wrong", 401,
    vi="Mã xem tiếp phát không đúng.", en="The pass for the relay is wrong.",
    next_vi="Mở lại trang để nhận mã mới.", next_en="Open the page again to get a new pass.",
)
define(
    "relay_pass_expired", 401,
    vi="Mã xem tiếp phát đã hết hạn.", en="The pass for the relay has expired.",
    next_vi="Mở lại trang để nhận mã mới.", next_en="Open the page again to get a new pass.",
)
define(
    "relay_away", 503,
    vi="Bộ phận tiếp phát chưa chạy hoặc đang khởi động lại.", en="The relay is not running, or is starting again.",
    next_vi="Đợi ít giây; nếu vẫn vậy, gọi kỹ thuật viên.", next_en="Wait some seconds; then call the technician.",
)
define(
    "relay_offer_wrong", 400,
    vi="Lời mời nhận hình (SDP) không đọc được.", en="The offer (SDP) cannot be read.",
    next_vi="Mở lại trang xem tiếp phát; dùng trình duyệt còn được cập nhật.",
    next_en="Open the relay's page again, in a browser that is kept up to date.",
)
define(
    "relay_not_running", 404,
    vi="Hội nghị này chưa được tiếp phát.", en="This conference is not being relayed now.",
    next_vi="Đợi trung tâm bắt đầu tiếp phát.", next_en="Wait until the centre starts the relay.",
)
define(
    "relay_full", 503,
    vi="Điểm phát đã đủ số người xem.", en="The relay has as many viewers as it can carry.",
    next_vi="Xem chung tại màn hình lớn, hoặc báo kỹ thuật viên của trung tâm.",
    next_en="Watch on the room's wall, or tell the centre's technician.",
)
define(
    "relay_viewer_unknown", 404,
    vi="Phiên xem này đã kết thúc.", en="This viewing has ended.",
    next_vi="Mở lại trang xem tiếp phát.", next_en="Open the relay's page again.",
)
define(
    "relay_not_admitted", 403,
    vi="Điểm cầu này chưa được nhận vào tiếp phát.", en="This site has not been admitted to the relay.",
    next_vi="Làm lại bài kiểm tra hạ tầng, hoặc gọi trung tâm.", next_en="Run the readiness test again, or call the centre.",
)
