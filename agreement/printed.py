"""What can be wrong with a printed record: the names of the faults, and which of them a check of the archive asks."""

from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """One thing that the bytes of a print have against them."""

    UNREADABLE = "unreadable"  # no PDF from its first byte to its last
    PAGES = "pages"  # not so many as it says
    NOT_PDF_A = "not_pdf_a"
    FONTS = "fonts"  # one that is named but not embedded
    OTHER_QR = "other_qr"  # the printed address opens another record, or none
    NO_QR = "no_qr"  # the installation has no address to be printed


OPENS: Final = frozenset({Fault.UNREADABLE, Fault.PAGES})
ARCHIVAL: Final = frozenset({Fault.NOT_PDF_A, Fault.FONTS})
RESOLVES: Final = frozenset({Fault.OTHER_QR})
