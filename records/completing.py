"""Completing an empty cell of a record, or correcting a wrong one, by hand: what the page of a case offers.

A cell is derived from the case first; what nobody said in chat is filled here, and stands in the timeline as an event.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreement.words import Record, Role
from desk import record_editions
from desk.case_file import CaseFile
from desk.sitting import Sitting
from records.cells import Kind
from records.editions import standing
from records.fields import FIELDS
from records.forms import Entry, Form
from records.office import Office
from records.papers import attempts, open_cells
from texts.refused import Refused

BY_HAND = frozenset({Kind.TEXT, Kind.PHONE, Kind.CHOICE})
CUSTOMERS = frozenset({Role.TEACHER, Role.REPRESENTATIVE})  # what they say is never filled for them (records §1)


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A cell that nobody has filled, and whose it is. `options` of a choice: key → what is printed."""

    record: Record
    attempt: int
    key: str
    label: str
    by: Role
    by_hand: bool
    options: Mapping[str, str]


def empty_cells(case: CaseFile, office: Office) -> tuple[Empty, ...]:
    """Every required cell of the case's records that is still empty; 《归档记录》 fills itself until it is sealed."""
    return tuple(
        one
        for record in Record
        if record is not Record.ARCHIVE or case.seals
        for attempt in attempts(record, case)
        for one in _empty(record, attempt, case, office)
    )


def _empty(record: Record, attempt: int, case: CaseFile, office: Office) -> Iterator[Empty]:
    paper = standing(record, attempt, case, office).paper
    form = office.forms.of(record, *paper.form)
    for owed in open_cells(paper, form):
        entry = _entry(form, owed.key)
        yield Empty(
            record=record,
            attempt=attempt,
            key=owed.key,
            label=owed.label,
            by=owed.by,
            by_hand=FIELDS[record][owed.key].kind in BY_HAND and owed.by not in CUSTOMERS,
            options=dict(entry.options) if entry is not None else {},
        )


def complete(
    sitting: Sitting, ticket_id: int, form: Form, *, attempt: int, key: str, text: str, reason: str = ""
) -> None:
    """Fill that cell; of a choice `text` is the key of an option. Raises Refused for a cell that is not there,
    for what the choice does not offer, for a person who may not, and without a reason after 归档."""
    refuse_unless_fitting(form.record, form, key, text)
    entry = _entry(form, key)
    if entry is not None and entry.owed in CUSTOMERS:
        raise Refused("refused.customers_cell", label=entry.label)
    record_editions.fill(
        sitting, ticket_id, record=form.record, attempt=attempt, key=key, text=text, reason=reason
    )


def refuse_unless_fitting(record: Record, form: Form, key: str, text: str) -> None:
    """Raise Refused unless this record has that cell and it can hold that text."""
    field = FIELDS[record].get(key)
    if field is None or field.kind not in BY_HAND:
        raise Refused("refused.no_such_cell", record=record.value, cell=key)
    if field.kind is Kind.CHOICE and text not in field.options:
        entry = _entry(form, key)
        options = dict(entry.options) if entry is not None else {}
        label = entry.label if entry is not None else key
        raise Refused("refused.no_such_option", label=label, options=list(options.values()))


def _entry(form: Form, key: str) -> Entry | None:
    return next((one for one in form.parts if isinstance(one, Entry) and one.key == key), None)
