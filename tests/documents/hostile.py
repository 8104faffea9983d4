"""Makes PDFs, sound and hostile, for the tests of this folder."""

import io
import random
import zlib

import pypdfium2 as pdfium
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4 = (595.28, 841.89)


def pdf(pages: int = 3, *, size: tuple[float, float] = A4, encrypt: StandardEncryption | None = None) -> bytes:
    """A sound PDF with one line and one coloured box on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, encrypt=encrypt)
    for number in range(1, pages + 1):
        canvas.drawString(min(72, size[0] / 4), size[1] / 2, f"page {number}")
        canvas.setFillColorRGB(0.8, 0.1, 0.1)
        canvas.rect(size[0] / 4, size[1] / 4, size[0] / 8, size[1] / 8, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def encrypted(*, user: str, owner: str = "owner") -> bytes:
    return pdf(encrypt=StandardEncryption(user, ownerPassword=owner, strength=128))


def no_pages() -> bytes:
    out = io.BytesIO()
    document = pdfium.PdfDocument.new()
    document.save(out)
    document.close()
    return out.getvalue()


def scan(width: int = 620, height: int = 877) -> bytes:
    """One page that is a photograph-like image: many colours, like paper seen by a scanner."""
    from PIL import Image  # noqa: PLC0415  only this maker needs it

    noise = random.Random(7).randbytes(62 * 88 * 3)
    image = Image.frombytes("RGB", (62, 88), noise).resize((width, height), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def laughs(levels: int = 12, times: int = 10) -> bytes:
    """A small file whose one page draws `times ** levels` shapes: it opens at once and never finishes drawing."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        _stream(b"", b"/X Do"),
    ]
    for level in range(levels):
        following = f"/Resources<</XObject<</X {6 + level} 0 R>>>>".encode()
        objects.append(_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + following, b"/X Do " * times))
    objects.append(_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]", b"0 0 300 300 re f 9 9 500 500 re S " * 50))
    return assemble(objects)


def bomb(side: int) -> bytes:
    """A small file with one image of side × side pixels: 300 MB unpacked at 10,000."""
    row = zlib.compressobj(9)
    data = b"".join(row.compress(bytes(1 << 24)) for _ in range(side * side * 3 >> 24)) + row.flush()
    image = f"/Type/XObject/Subtype/Image/Width {side}/Height {side}/BitsPerComponent 8/ColorSpace/DeviceRGB"
    return assemble([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        _stream(b"", b"600 0 0 800 0 0 cm /X Do"),
        _stream(image.encode() + b"/Filter/FlateDecode", data),
    ])


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def assemble(objects: list[bytes]) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
