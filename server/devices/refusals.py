"""What devices can be refused."""

from server.core.errors import define

define(
    "device_not_found", 404,
    vi="Không tìm thấy thiết bị này.", en="There is no such device.",
    next_vi="Chọn lại thiết bị trong danh sách.", next_en="Choose a device from the list.",
)
define(
    "enrolment_code_wrong", 404,
    vi="Mã ghép thiết bị không đúng, đã dùng hoặc đã hết hạn.", en="The enrolment code is wrong, used or expired.",
    next_vi="Nhờ thư ký hoặc kỹ thuật viên cấp mã mới trên bàn điều khiển.",
    next_en="Ask the secretary or the technician for a new code on the console.",
)
define(
    "enrolment_wrong_surface", 409,
    vi="Mã này dành cho loại thiết bị khác.", en="This code is for another kind of device.",
    next_vi="Mở đúng địa chỉ in kèm mã.", next_en="Open the address that was given with the code.",
)
