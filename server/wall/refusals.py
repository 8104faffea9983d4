"""What the wall can be refused."""

from server.core.errors import define

define(
    "wall_scene_incomplete", 422,
    vi="Màn hình này cần đúng nội dung của nó: kết quả cần một biểu quyết, thông báo cần lời.",
    en="A scene needs what belongs to it and nothing else: a result its vote, a notice its words.",
    next_vi="Chọn lại màn hình cùng nội dung.", next_en="Choose the scene together with its content.",
)
