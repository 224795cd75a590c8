"""What each of the seven records knows: its keys, for forms to print and for complaints to name."""

from collections.abc import Mapping
from typing import Final

from agreement.words import Record
from records import (
    cells_acceptance,
    cells_archive,
    cells_opinion,
    cells_receipt,
    cells_register,
    cells_review,
    cells_work_order,
)
from records.cells import Field

FIELDS: Final[Mapping[Record, Mapping[str, Field]]] = {
    Record.REGISTER: cells_register.FIELDS,
    Record.REVIEW: cells_review.FIELDS,
    Record.RECEIPT: cells_receipt.FIELDS,
    Record.WORK_ORDER: cells_work_order.FIELDS,
    Record.OPINION: cells_opinion.FIELDS,
    Record.ACCEPTANCE: cells_acceptance.FIELDS,
    Record.ARCHIVE: cells_archive.FIELDS,
}
