"""Completing an empty cell of a record, or correcting a wrong one, by hand: what a page offers beside each cell.

A cell is derived from the case first; what nobody said in chat is filled here, and stands in the timeline as an event.
"""

from agreement.words import Record
from desk import record_editions
from desk.sitting import Sitting
from records.cells import Kind
from records.fields import FIELDS
from records.forms import Entry, Form
from texts.refused import Refused

BY_HAND = frozenset({Kind.TEXT, Kind.PHONE, Kind.CHOICE})


def complete(
    sitting: Sitting, ticket_id: int, form: Form, *, attempt: int, key: str, text: str, reason: str = ""
) -> None:
    """Fill that cell; of a choice `text` is the key of an option. Raises Refused for a cell that is not there,
    for what the choice does not offer, for a person who may not, and without a reason after 归档."""
    refuse_unless_fitting(form.record, form, key, text)
    record_editions.fill(
        sitting, ticket_id, record=form.record, attempt=attempt, key=key, text=text, reason=reason
    )


def refuse_unless_fitting(record: Record, form: Form, key: str, text: str) -> None:
    """Raise Refused unless this record has that cell and it can hold that text."""
    field = FIELDS[record].get(key)
    if field is None or field.kind not in BY_HAND:
        raise Refused("refused.no_such_cell", record=record.value, cell=key)
    if field.kind is Kind.CHOICE and text not in field.options:
        entry = next((one for one in form.parts if isinstance(one, Entry) and one.key == key), None)
        options = dict(entry.options) if entry is not None else {}
        label = entry.label if entry is not None else key
        raise Refused("refused.no_such_option", label=label, options=list(options.values()))
