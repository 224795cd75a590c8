"""Where the archive of an installation lies, and what may be asked of it on the command line."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

SHELF: Final = "archive"  # in the folder of media: records as they were printed, archives taken in


@dataclass(frozen=True)
class ArchivePlace:
    """Folders in which things lie under their SHA-256, whose archive it is, and a folder of the customer's fonts."""

    media: Path
    vendor: str
    fonts: Path | None = None

    @property
    def shelf(self) -> Path:
        """Records as they were printed, archives that were taken in."""
        return self.media / SHELF

    @property
    def folders(self) -> tuple[Path, ...]:
        """Everywhere."""
        return self.shelf, self.media


def archive_arguments(parser: argparse.ArgumentParser) -> None:
    """What may stand behind `archive`."""
    what = parser.add_subparsers(dest="what", required=True)
    export = what.add_parser("export", help="write case files with the chain into a ZIP")
    export.add_argument("file", type=Path)
    export.add_argument("--case", action="append", default=[], metavar="NUMBER", help="登记编号, several times")
    export.add_argument("--school", default="")
    export.add_argument("--since", type=date.fromisoformat, help="archived on this day or later")
    export.add_argument("--until", type=date.fromisoformat)
    for name, said in (("verify", "check an export"), ("import", "take in an export of another installation")):
        one = what.add_parser(name, help=said)
        one.add_argument("file", type=Path)
        one.add_argument("--head", action="append", default=[], required=True, metavar="N-DIGEST")
    catalogue = what.add_parser("catalogue", help="归档文件目录 of a period, .pdf or .xlsx")
    catalogue.add_argument("file", type=Path)
    catalogue.add_argument("--since", type=date.fromisoformat, required=True)
    catalogue.add_argument("--until", type=date.fromisoformat, required=True)
    erase = what.add_parser("erase", help="take a person out of the archive; the chain still adds up")
    erase.add_argument("person", help="name, or id where several have it")
    erase.add_argument("--reason", required=True)
