"""From a paper and its form to a sheet: the lines around the table, and the table."""

from datetime import datetime

from records.cells import Words
from records.conventions import moment, word
from records.filling import blocks
from records.forms import Form
from records.grid import Printing, Sheet
from records.papers import Paper


def sheet(paper: Paper, form: Form, printing: Printing) -> Sheet:
    """The paper on that form. Pure: the same three give the same sheet."""
    return Sheet(
        title=form.title,
        vendor=paper.vendor,
        form_line=word("paper.form", number=form.number, version=form.version, secrecy=_secrecy(paper, form)),
        kept=_kept(paper, form),
        number=paper.number,
        number_line=_number_line(paper, printing),
        case_line=word("paper.case", number=paper.case_number),
        verify_url=printing.verify_url,
        under=_under(form, printing),
        made_on=_made_at(printing).astimezone(printing.zone).date(),
        blocks=tuple(blocks(paper, form, printing)),
        margins=form.margins,
    )


def _secrecy(paper: Paper, form: Form) -> str:
    """密级: the policy's; the form's own only where the policy named none."""
    return paper.secrecy or form.secrecy


def _kept(paper: Paper, form: Form) -> str:
    """保存期限: the form's, until the case was filed with its own."""
    own = paper.cells.get("kept_for")
    return word("paper.kept", kept=own.text) if isinstance(own, Words) else form.kept


def _made_at(printing: Printing) -> datetime:
    return printing.edition.made_at if printing.edition is not None else printing.at


def _number_line(paper: Paper, printing: Printing) -> str:
    if printing.is_void:
        return word("paper.void", number=paper.number)
    if printing.edition is None:
        return word("paper.open", number=paper.number, at=moment(printing.at, printing.zone))
    return word("paper.closed", number=paper.number, edition=printing.edition.number)


def _under(form: Form, printing: Printing) -> tuple[str, ...]:
    """The lines below the table: why there is another edition, who confirmed, how many copies."""
    found = list(printing.under)
    edition = printing.edition
    if edition is not None and edition.number > 1:
        at = moment(edition.made_at, printing.zone)
        found.insert(
            0, word("paper.again", edition=edition.number, reason=edition.reason, by=edition.by, at=at)
        )
    return (*found, form.copies) if form.copies else tuple(found)
