"""What a printer asks of the desk: the records of the agreement, written from the tables.

The way of a record, and all that others need of it:

1. `desk.case_reading.case_file(sitting, ticket)` → a `CaseFile`: every row of one case as plain values.
2. `papers.project(record, attempt, case, office)` → a `Paper`: the cells of one record at that moment. Pure.
   `papers.canonical(paper)` / `papers.paper_of(content)`: what an edition keeps; `papers.digest(content)`: its SHA-256.
3. `sheets.sheet(paper, form, printing)` → a `Sheet` (`grid.py`): rows of cells on 24 units, for all writers. `Printing`
   carries what is decided only at the printer: which copy, edition, address of the QR, lines under the table.
4. `writing_pdf.pdf(sheet)`, `writing_pdf.png(sheet)`, `writing_docx.docx(sheet)` → bytes, the same for the same sheet;
   `writing_xlsx.register(...)` → the records of a period, one sheet for each kind.

Forms are data: `forms/*.toml`, read by `reading_forms.py` and, cell by cell, `reading_cells.py`; a customer's own
wording is a folder of such files.
"""
