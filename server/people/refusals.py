"""What people can be refused."""

from server.core.errors import define

define(
    "sign_in_failed", 401,
    vi="Tên đăng nhập hoặc mật khẩu chưa đúng.", en="The account name or password is wrong.",
    next_vi="Kiểm tra lại rồi thử lại; nếu quên mật khẩu, liên hệ người quản trị.",
    next_en="Check and try again; if you forgot the password, ask the administrator.",
)
define(
    "locked_out", 423,
    vi="Tạm khóa đăng nhập vì sai nhiều lần. Mở lại lúc {until}.",
    en="Sign-in is locked after several wrong attempts, until {until}.",
    next_vi="Chờ đến giờ mở lại, hoặc nhờ thư ký cấp lại mã.", next_en="Wait until then, or ask the secretary for a new code.",
)
define(
    "account_disabled", 403,
    vi="Tài khoản này đã bị ngừng.", en="This account is disabled.",
    next_vi="Liên hệ người quản trị.", next_en="Ask the administrator.",
)
define(
    "password_change_required", 403,
    vi="Cần đổi mật khẩu trước khi dùng tiếp.", en="Change your password before going on.",
    next_vi="Đặt mật khẩu mới.", next_en="Set a new password.",
)
define(
    "password_weak", 422,
    vi="Mật khẩu mới cần ít nhất 10 ký tự, khác mật khẩu cũ và không chứa tên đăng nhập.",
    en="A new password needs at least 10 characters, must differ from the old one and not contain the account name.",
    next_vi="Chọn một câu ngắn dễ nhớ, khó đoán.", next_en="Choose a short sentence that is easy to remember and hard to guess.",
)
define(
    "unit_not_found", 404,
    vi="Không tìm thấy đơn vị này.", en="There is no such unit.",
    next_vi="Chọn lại đơn vị trong danh sách.", next_en="Choose a unit from the list.",
)
