"""What a test of a site can be refused."""

from server.core.errors import define

define(
    "relay_meter_busy", 429,
    vi="Máy đo đường truyền đang bận.", en="The meter is busy.",
    next_vi="Đợi nửa phút; trang sẽ tự thử lại.", next_en="Wait half a minute; the page tries again by itself.",
    retry_after=30,
)
define(
    "readiness_site_unknown", 404,
    vi="Không tìm thấy điểm cầu này.", en="There is no such site.",
    next_vi="Chọn lại điểm cầu trong danh sách.", next_en="Choose a site from the list.",
)
define(
    "readiness_not_found", 404,
    vi="Không tìm thấy kết quả kiểm tra này.", en="There is no such test.",
    next_vi="Xem lại danh sách các lần kiểm tra của điểm cầu.", next_en="Look at the list of the site's tests.",
)
define(
    "readiness_no_turn", 409,
    vi="Chưa đến lượt kiểm tra, hoặc lượt đã hết.", en="It is not this site's turn to test, or the turn has ended.",
    next_vi="Bấm “Kiểm tra” để lấy lượt mới.", next_en="Press “Test” to get a new turn.",
)
