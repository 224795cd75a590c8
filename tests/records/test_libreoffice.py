"""A job apart: another office program opens what we write. Skipped, with the reason, where there is none."""

import subprocess
from datetime import date
from pathlib import Path

from agreement.words import Record
from records.papers import attempts, project
from records.register_lines import Line
from records.writing_docx import docx
from records.writing_xlsx import register
from tests.records import cases
from tests.records.test_printing import OFFICE, printing, sheet_of
from tests.tools import LIBREOFFICE, program


def test_libreoffice_turns_every_file_into_a_pdf(tmp_path: Path) -> None:
    """What it cannot open it does not convert."""
    soffice = program(LIBREOFFICE)
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk, 3))
    papers = [
        project(record, attempt, case, OFFICE) for record in Record for attempt in attempts(record, case)
    ]
    for place, paper in enumerate(papers):
        (tmp_path / f"{place}.docx").write_bytes(docx(sheet_of(paper, printing())))
    lines = [Line(paper, printing().edition, cases.NOW) for paper in papers]
    made = register(lines, OFFICE.forms, period="2026年11月", made_on=date(2026, 11, 30))
    (tmp_path / "register.xlsx").write_bytes(made)
    files = sorted(str(one) for one in tmp_path.iterdir())
    command = [soffice, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    assert {one.stem for one in tmp_path.glob("*.pdf")} == {Path(one).stem for one in files}
