"""A camera that shows QR codes: a Y4M film for Chromium's --use-file-for-fake-video-capture."""

from pathlib import Path

import qrcode
from PIL import Image

WIDTH, HEIGHT, FPS = 640, 480, 5


def film(path: Path, codes: list[str], seconds: int = 3) -> Path:
    """Write a film that shows each code for some seconds, with a second of grey between; it plays in a loop."""
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
        for code in codes:
            for _ in range(seconds * FPS):
                file.write(_frame(_picture(code)))
            for _ in range(FPS):
                file.write(_frame(Image.new("L", (WIDTH, HEIGHT), 128)))
    return path


def _picture(code: str) -> Image.Image:
    made = qrcode.QRCode(border=4, box_size=8)
    made.add_data(code)
    made.make(fit=True)
    picture = Image.new("L", (WIDTH, HEIGHT), 200)
    square = made.make_image().get_image().convert("L")
    square.thumbnail((HEIGHT - 40, HEIGHT - 40))
    picture.paste(square, ((WIDTH - square.width) // 2, (HEIGHT - square.height) // 2))
    return picture


def _frame(picture: Image.Image) -> bytes:
    chroma = bytes([128]) * (WIDTH // 2 * HEIGHT // 2)
    return b"FRAME\n" + picture.tobytes() + chroma + chroma
