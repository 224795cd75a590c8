"""What the bytes of a printed record say of themselves: looked at once, when it is put on the shelf.

The archive's checks ask what was found then; a print is kept under the digest of its bytes, so it stays what it was.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from agreement.printed import Fault
from records.writing_pdf import COUNT

PART: Final = re.compile(rb"<pdfaid:part>[123]</pdfaid:part>")
CONFORMANCE: Final = re.compile(rb"<pdfaid:conformance>[ABU]</pdfaid:conformance>")
FONT: Final = re.compile(rb"/Type/FontDescriptor[^>]*>>")
EMBEDDED: Final = re.compile(rb"/FontFile[23]? \d+ 0 R")
PAGE: Final = re.compile(rb"/Type/Page\b(?!s)")


def faults(printed: bytes) -> tuple[Fault, ...]:
    """What is wrong with this PDF."""
    return tuple(fault for fault, is_wrong in WRONG.items() if is_wrong(printed))


def qr_faults(number: str, url: str, read: Callable[[str], str | None]) -> tuple[Fault, ...]:
    """What is wrong with the address in its QR; `read` gives the number that such an address opens."""
    if not url:
        return (Fault.NO_QR,)
    return () if read(url.rpartition("/")[2]) == number else (Fault.OTHER_QR,)


def _unreadable(printed: bytes) -> bool:
    """A PDF whose end was lost opens nowhere."""
    return not (printed.startswith(b"%PDF-") and printed.rstrip().endswith(b"%%EOF") and b"startxref" in printed)


def _other_pages(printed: bytes) -> bool:
    found = COUNT.search(printed)
    return found is None or int(found[1]) != len(PAGE.findall(printed))


def _not_pdf_a(printed: bytes) -> bool:
    return PART.search(printed) is None or CONFORMANCE.search(printed) is None


def _font_missing(printed: bytes) -> bool:
    fonts = FONT.findall(printed)
    return not fonts or not all(map(EMBEDDED.search, fonts))


WRONG: Final[Mapping[Fault, Callable[[bytes], bool]]] = {
    Fault.UNREADABLE: _unreadable,
    Fault.PAGES: _other_pages,
    Fault.NOT_PDF_A: _not_pdf_a,
    Fault.FONTS: _font_missing,
}
