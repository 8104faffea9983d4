"""What the floor can be refused."""

from server.core.errors import define

define(
    "request_not_found", 404,
    vi="Không tìm thấy đăng ký phát biểu này, hoặc đã xong.", en="There is no such open request to speak.",
    next_vi="Xem lại danh sách đăng ký.", next_en="Look at the list of requests.",
)
define(
    "request_already_open", 409,
    vi="Đồng chí đã đăng ký phát biểu.", en="You have already asked to speak.",
    next_vi="Chờ đến lượt, hoặc rút đăng ký để đăng ký lại.", next_en="Wait for your turn, or withdraw and ask again.",
)
define(
    "floor_full", 409,
    vi="Danh sách đăng ký phát biểu đã đủ {most} người.", en="{most} people are waiting to speak; the list is full.",
    next_vi="Đăng ký lại sau khi có người phát biểu xong.", next_en="Ask again when somebody has spoken.",
)
define(
    "floor_not_open", 409,
    vi="Cuộc họp chưa nhận đăng ký phát biểu.", en="The meeting does not take requests to speak yet.",
    next_vi="Đăng ký sau khi cuộc họp được triệu tập.", next_en="Ask when the meeting has been convened.",
)
define(
    "floor_order_stale", 409,
    vi="Danh sách đăng ký vừa thay đổi.", en="The list of requests has just changed.",
    next_vi="Xem lại danh sách mới rồi sắp xếp lần nữa.", next_en="Look at the new list and arrange it again.",
)
define(
    "request_not_waiting", 409,
    vi="Đăng ký này không còn chờ.", en="This request is not waiting any more.",
    next_vi="Xem lại danh sách đăng ký.", next_en="Look at the list of requests.",
)
define(
    "request_not_speaking", 409,
    vi="Đại biểu này không đang phát biểu.", en="This participant is not speaking.",
    next_vi="Xem lại ai đang phát biểu.", next_en="Look at who is speaking.",
)
