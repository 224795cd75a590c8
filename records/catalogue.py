"""归档文件目录 as words (DA/T 22): what stands on its cover and in each line, for whoever writes it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from agreement.archive import ArchiveRules, year_of
from desk.catalogue import Filed
from records.cell_words import written
from records.cells_archive import term_said
from records.conventions import word
from records.papers import paper_of

HEADS: Final = ("order", "file_number", "number", "responsible", "name", "day", "secrecy", "pages", "remark")


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """`cover` is (label, text); each of `lines` has a text for each of `HEADS`."""

    title: str
    vendor: str
    period: str
    made_on: date
    cover: Sequence[tuple[str, str]]
    lines: Sequence[tuple[str, ...]]

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(word(f"catalogue.{key}") for key in HEADS)


def catalogue(
    found: Sequence[Filed], rules: ArchiveRules, *, vendor: str, since: date, until: date, made_on: date
) -> Catalogue:
    """The catalogue of these days."""
    period = f"{since} — {until}"
    cover = {
        "fonds": rules.fonds,
        "fonds_name": vendor,
        "years": "、".join(_years(found, since, until)),
        "terms": "、".join(sorted({one.term for one in found if one.term})),
        "unit": word("department.service"),
        "category": rules.category,
        "period": period,
        "count": str(len(found)),
    }
    return Catalogue(
        title=word("catalogue.title"),
        vendor=vendor,
        period=period,
        made_on=made_on,
        cover=[(word(f"catalogue.{key}"), text) for key, text in cover.items()],
        lines=[line(number, one) for number, one in enumerate(found, start=1)],
    )


def _years(found: Sequence[Filed], since: date, until: date) -> list[str]:
    """年度 is that of the 档号, the year in which a case ended: in January last year's cases are still filed."""
    filed = {year_of(one.file_number) for one in found} - {""}
    return sorted(filed) or [str(year) for year in range(since.year, until.year + 1)]


def line(number: int, one: Filed) -> tuple[str, ...]:
    """Title, pages and whose they are as the case's own cover has them."""
    cells = paper_of(one.cover).cells if one.cover else {}
    title, responsible, pages = (
        written(cells[key]) if key in cells else "" for key in ("title", "responsible", "pages")
    )
    kept = term_said(one.term, one.kept_until) if one.term else ""
    day = f"{one.archived_on:%Y%m%d}"
    return (str(number), one.file_number, one.ticket.number, responsible, title, day, one.secrecy, pages, kept)
