"""`python -m bot archive …`: export case files as a ZIP, check one, take in another house's, erase a person."""

import argparse
import asyncio
import json
import zipfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from agreement.chain import moment
from agreement.policy_file import DEFAULT
from bot.archive_place import ArchivePlace
from bot.cleaning import clean
from desk import erasing, exporting, taking_in
from desk.alerting import sitting
from desk.catalogue import Days, expired, filed, rules_of
from desk.exporting import Asked, Scope
from desk.rulebook import Rulebook
from records import verify_archive, writing_catalogue_pdf, writing_catalogue_xlsx
from records.archive_zip import ArchiveZip, archive_zip
from records.catalogue import Catalogue, catalogue
from records.shelf import put
from storage.work import Work

Tell = Callable[[str], None]
UPLOADS: Final = "uploads"  # where the web chat keeps what came by it (bot/web/uploads.py)


async def archive(work: Work, place: ArchivePlace, now: datetime, wanted: argparse.Namespace, tell: Tell) -> int:
    """The exit code: 1 where what was asked cannot be done, each with a sentence."""
    try:
        return await COMMANDS[wanted.what](work, place, now, wanted, tell)
    except (OSError, zipfile.BadZipFile) as error:
        tell(f"yingnuo: {error}")
        return 1


async def _export(work: Work, place: ArchivePlace, now: datetime, wanted: argparse.Namespace, tell: Tell) -> int:
    asked = Asked(numbers=tuple(wanted.case), school=wanted.school, since=wanted.since, until=wanted.until)
    scope = await work.read(lambda session: exporting.scope(session, asked))
    if scope.last is None or (not asked.is_all and not scope.cases):
        tell("nothing is archived that was asked for")
        return 1
    with archive_zip(wanted.file, place.folders) as made:
        await _pages(work, scope, made)
        made.close(scope, place.vendor, moment(now))
    for path in made.missing:
        tell(f"yingnuo: the file is not here any more, or not as it was sealed: {path}")
    tell(f"{len(scope.cases)} cases, {scope.last.n} links, head {scope.last.head}")
    return 1 if made.missing else 0


async def _pages(work: Work, scope: Scope, made: ArchiveZip) -> None:
    """Read a page, write it, forget it: a desk that runs beside this waits for no more than a page."""
    after = 0
    while steps := await work.read(lambda session: exporting.page(session, scope, after)):  # noqa: B023
        await asyncio.to_thread(made.add, steps)
        after = steps[-1].link.n


async def _verify(_work: Work, _place: ArchivePlace, _now: datetime, wanted: argparse.Namespace, tell: Tell) -> int:
    return 0 if _is_right(wanted, tell) else 1


def _is_right(wanted: argparse.Namespace, tell: Tell) -> bool:
    try:
        heads = verify_archive.heads_in("\n".join(wanted.head))
    except ValueError as error:
        tell(f"yingnuo: {error}")
        return False
    with zipfile.ZipFile(wanted.file) as file:
        report = verify_archive.verify(verify_archive.Zip(file), heads)
    for line in verify_archive.told(report, "en", headed=bool(heads)):
        tell(line)
    return report.first is None and report.proven > 0


async def _import(work: Work, place: ArchivePlace, now: datetime, wanted: argparse.Namespace, tell: Tell) -> int:
    if not _is_right(wanted, tell):
        tell("nothing was taken in")
        return 1
    with zipfile.ZipFile(wanted.file) as file:
        manifest = json.loads(file.read("manifest.json"))
    cases = manifest.get("cases")  # no digest covers it: whoever made the ZIP wrote it
    name = put(place.shelf, wanted.file.read_bytes())
    is_new = await work.run(
        lambda session: taking_in.take_in(
            sitting(session, Rulebook(), now),
            sha256=name,
            vendor=clean(str(manifest.get("vendor", ""))),
            head=" ".join(wanted.head),
            cases=[clean(str(one)) for one in cases] if isinstance(cases, list) else [],
        )
    )
    tell("taken in" if is_new else "this archive is here already")
    return 0


async def _erase(work: Work, place: ArchivePlace, now: datetime, wanted: argparse.Namespace, tell: Tell) -> int:
    found = await work.read(lambda session: erasing.named(session, wanted.person))
    if len(found) != 1:
        tell("nobody has this name" if not found else f"several have this name: {', '.join(map(str, found))}")
        return 1
    done = await work.run(
        lambda session: erasing.erase(sitting(session, Rulebook(), now), found[0], reason=wanted.reason)
    )
    for name in done.files:
        for folder in (*place.folders, place.media / UPLOADS):
            (folder / name).unlink(missing_ok=True)
    tell(f"{len(done.links)} links lost their salt, {len(done.files)} files are gone; the chain adds up as before")
    return 0


async def _catalogue(work: Work, place: ArchivePlace, now: datetime, wanted: argparse.Namespace, tell: Tell) -> int:
    """As PDF where the file is called so, else as XLSX."""
    writers: dict[str, Callable[[Catalogue], bytes]] = {
        ".pdf": lambda one: writing_catalogue_pdf.pdf(one, place.fonts),
        ".xlsx": writing_catalogue_xlsx.xlsx,
    }
    write = writers.get(wanted.file.suffix.lower())
    if write is None:
        tell("yingnuo: the catalogue is written as .pdf or .xlsx")
        return 1
    today = now.astimezone(DEFAULT.zone).date()
    days = Days(since=wanted.since, until=wanted.until)

    def made(session: Session) -> Catalogue:
        found = filed(session, days)
        rules = rules_of(session, Rulebook(), found)
        return catalogue(
            found, rules, vendor=place.vendor, since=wanted.since, until=wanted.until, made_on=today
        )

    one = await work.read(made)
    wanted.file.write_bytes(write(one))
    tell(f"{len(one.lines)} cases")
    for over in await work.read(lambda session: expired(session, today)):
        tell(f"kept long enough since {over.kept_until}, for a signed list: {over.file_number}")
    return 0


Command = Callable[[Work, ArchivePlace, datetime, argparse.Namespace, Tell], Awaitable[int]]
COMMANDS: Final[dict[str, Command]] = {
    "export": _export,
    "verify": _verify,
    "import": _import,
    "catalogue": _catalogue,
    "erase": _erase,
}
