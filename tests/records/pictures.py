"""Every record of the real cases as pictures, to be looked at: `python -m tests.records.pictures FOLDER`."""

import sys
from pathlib import Path

from agreement.words import Record
from desk.case_file import CaseFile
from records.confirmed import lines_under
from records.editions import standing
from records.grid import Printing
from records.office import Office
from records.papers import attempts
from records.sheets import sheet
from records.writing_pdf import press
from tests.records import cases

CASES = {
    "ordinary": cases.ordinary,
    "settled": cases.settled_at_once,
    "deep": cases.deep_with_a_failed_acceptance,
    "not-needed": cases.not_needed,
}
PPI = 80


def draw(folder: Path) -> list[Path]:
    """One PNG a page, named by case, form, try and page."""
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Path] = []
    for name, make in CASES.items():
        desk, office = cases.office(), Office()
        ticket = make(desk)
        cases.close_records(desk, office)
        case = desk.file(ticket)
        desk.leave()
        for record in Record:
            for attempt in attempts(record, case):
                found += _pages(folder / name, case, office, record, attempt)
    return found


def _pages(stem: Path, case: CaseFile, office: Office, record: Record, attempt: int) -> list[Path]:
    one = standing(record, attempt, case, office)
    form = office.forms.of(record, *one.paper.form)
    how = Printing(
        at=cases.NOW,
        edition=one.edition,
        under=lines_under(record, attempt, case),
        verify_url="https://desk.example/console/verify/picture",
    )
    found = []
    for page, picture in enumerate(press().png(sheet(one.paper, form, how), PPI), start=1):
        path = Path(f"{stem}-{form.number}-{attempt}-{page}.png")
        path.write_bytes(picture)
        found.append(path)
    return found


if __name__ == "__main__":
    for path in draw(Path(sys.argv[1])):
        print(path)
