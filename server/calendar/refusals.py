"""What the calendar can be refused."""

from server.core.errors import define

define(
    "calendar_full", 409,
    vi="Đã ghi đủ {most} ngày nghỉ, ngày làm bù.", en="{most} exceptional days are entered already; there is no room for more.",
    next_vi="Xóa những ngày của các năm đã qua rồi ghi lại.", next_en="Remove days of past years, then enter this one again.",
)
define(
    "calendar_day_not_found", 404,
    vi="Ngày này chưa được ghi là ngày nghỉ hay ngày làm bù.", en="This day is not entered as a day off or a day worked.",
    next_vi="Xem lại danh sách ngày.", next_en="Look at the list of days.",
)
define(
    "calendar_day_wrong", 422,
    vi="“{text}” không phải là một ngày.", en="“{text}” is not a day.",
    next_vi="Viết ngày theo dạng năm-tháng-ngày, ví dụ 2027-02-08.", next_en="Write it as year-month-day, for example 2027-02-08.",
)
