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
define(
    "person_not_found", 404,
    vi="Không tìm thấy người này trong đơn vị.", en="There is no such person in this unit.",
    next_vi="Chọn lại trong danh sách.", next_en="Choose from the list.",
)
define(
    "card_number_taken", 409,
    vi="Số thẻ Đảng {card} đã có người dùng.", en="Party card {card} belongs to somebody else.",
    next_vi="Kiểm tra lại số thẻ.", next_en="Check the card number.",
)
define(
    "unit_in_use", 409,
    vi="Đơn vị này còn đơn vị cấp dưới, người, tài khoản hoặc cuộc họp.",
    en="This unit still has units, persons, accounts or meetings.",
    next_vi="Chuyển chúng sang đơn vị khác trước.", next_en="Move them to another unit first.",
)
define(
    "unit_code_taken", 409,
    vi="Mã đơn vị {code} đã có hoặc không dùng được.", en="The unit code {code} is taken or cannot be used.",
    next_vi="Chọn mã khác.", next_en="Choose another code.",
)
define(
    "account_name_taken", 409,
    vi="Tên đăng nhập {name} đã có.", en="The account name {name} is taken.",
    next_vi="Chọn tên khác.", next_en="Choose another name.",
)
define(
    "account_not_found", 404,
    vi="Không tìm thấy tài khoản này.", en="There is no such account.",
    next_vi="Chọn lại trong danh sách.", next_en="Choose from the list.",
)
define(
    "role_not_grantable", 403,
    vi="Đồng chí không thể trao vai trò này ở đơn vị đó.", en="You cannot grant this role at that unit.",
    next_vi="Nhờ người quản trị cấp trên.", next_en="Ask an administrator above.",
)
define(
    "last_administrator", 409,
    vi="Đây là người quản trị cuối cùng, không thể bỏ.", en="This is the last administrator and cannot be removed.",
    next_vi="Trao vai trò quản trị cho người khác trước.", next_en="Make somebody else administrator first.",
)
