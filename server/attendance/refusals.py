"""What attendance can be refused. The door shows each with its own words; "already inside" is an answer, not a refusal."""

from server.core.errors import define

define(
    "meeting_not_open", 409,
    vi="Cuộc họp chưa triệu tập hoặc đã kết thúc nên không điểm danh được.",
    en="The meeting is not convened yet or is over; nobody can be checked in.",
    next_vi="Hỏi thư ký cuộc họp.", next_en="Ask the meeting's secretary.",
)
define(
    "scan_not_ours", 422,
    vi="Mã này không phải giấy mời của hệ thống.", en="This code is not one of our invitations.",
    next_vi="Quét mã trên giấy mời, hoặc tìm theo tên.", next_en="Scan the code on the invitation, or search by name.",
)
define(
    "scan_wrong_meeting", 409,
    vi="Giấy mời này của cuộc họp khác: {title}.", en="This invitation is for another meeting: {title}.",
    next_vi="Mời đồng chí tới đúng phòng họp, hoặc tìm theo tên.", next_en="Show the way to that meeting, or search by name.",
)
define(
    "scan_revoked", 410,
    vi="Giấy mời của {name} đã được thay bằng giấy mới.", en="{name}'s invitation was replaced by a newer one.",
    next_vi="Dùng giấy mời mới, hoặc tìm theo tên sau khi kiểm tra giấy tờ.",
    next_en="Use the newer one, or search by name after checking papers.",
)
define(
    "scan_not_convened", 404,
    vi="Người này không còn trong danh sách triệu tập.", en="This person is no longer on the list of those convened.",
    next_vi="Mời đồng chí gặp thư ký cuộc họp.", next_en="Ask them to see the meeting's secretary.",
)
define(
    "not_inside", 409,
    vi="{name} hiện không ở trong phòng họp.", en="{name} is not in the room.",
    next_vi="Không cần làm gì thêm.", next_en="Nothing more needs to be done.",
)
define(
    "room_code_wrong", 422,
    vi="Mã điểm danh không đúng hoặc đã đổi.", en="The check-in code is wrong or has changed.",
    next_vi="Nhập mã đang hiện trên màn hình hội trường.", next_en="Enter the code that the wall shows now.",
)
