"""The QR of a record, for each format; looked for once, since its best pattern takes a while to find."""

import io
from functools import lru_cache

import segno

BORDER = 2  # modules of white around it
REMEMBERED = 64  # a record is set for a picture and for a file soon after one another


@lru_cache(REMEMBERED)
def _made(url: str) -> segno.QRCode:
    return segno.make_qr(url, error="m")


def qr_svg(url: str) -> str:
    """As a drawing that stands inside a page; empty for no address."""
    return str(_made(url).svg_inline(border=BORDER, light="white")) if url else ""


@lru_cache(REMEMBERED)
def qr_png(url: str) -> bytes:
    """As a picture."""
    picture = io.BytesIO()
    _made(url).save(picture, kind="png", scale=6, border=BORDER)
    return picture.getvalue()
