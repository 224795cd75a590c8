"""An archive as one ZIP file: the chain, what each link covers, the things themselves, and the program that checks it.

The same archive gives the same bytes but for the moment of the export. Written as it is read: memory stays flat.
"""

import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from agreement.canonical import canonical_json
from agreement.chain import sha256
from desk.exporting import Part, Scope, Step
from records.conventions import word

FORMAT: Final = "yingnuo-archive 1"
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # of every file in it: what was sealed when stands in the chain
PACKED: Final = (".json", ".jsonl", ".txt", ".py")  # what is not packed already


@dataclass
class ArchiveZip:
    """An export while it is written. `missing` names what the house could not find any more."""

    file: zipfile.ZipFile
    places: tuple[Path, ...]  # folders in which files lie under their SHA-256
    chain: IO[bytes]  # lines that come into the ZIP at its end: only one file of it can be open
    items: IO[bytes]
    missing: list[str] = field(default_factory=list)

    def add(self, steps: Iterable[Step]) -> None:
        """The next links, in their order."""
        for step in steps:
            one = step.link
            link = {"n": one.n, "at": one.at, "leaf": one.leaf, "previous": one.previous, "digest": one.digest}
            self.chain.write(_line(link))
            if step.part is not None:
                self.items.write(_line({"n": one.n, **_described(step.part)}))
                self._put(step.part)

    def _put(self, part: Part) -> None:
        if part.is_erased:
            return
        content = part.text.encode() if part.text is not None else self._read(part)
        if content is None:
            self.missing.append(part.path)
        else:
            self._write(part.path, content)

    def _read(self, part: Part) -> bytes | None:
        """By its digest; an attachment perhaps only where its row says. One that is not what was sealed any more is
        as good as lost: the school would find it, so the house says it first."""
        candidates = [*(folder / part.sha256 for folder in self.places), *([Path(part.file)] if part.file else [])]
        contents = (path.read_bytes() for path in candidates if path.is_file())
        return next((content for content in contents if sha256(content) == part.sha256), None)

    def _write(self, path: str, content: bytes) -> None:
        self.file.writestr(_named(path), content)

    def _copy(self, path: str, lines: IO[bytes]) -> None:
        lines.seek(0)
        with self.file.open(_named(path), "w", force_zip64=True) as into:
            shutil.copyfileobj(lines, into)

    def close(self, scope: Scope, vendor: str, at: str) -> None:
        """What stands beside the things."""
        manifest = {
            "format": FORMAT,
            "scope": "all" if scope.tickets is None else "cases",
            "cases": list(scope.cases),
            "vendor": vendor,
            "exported_at": at,
            "head": scope.last.head if scope.last is not None else "",
        }
        heads = [_line({"day": one.day.isoformat(), "head": one.text}) for one in scope.heads]
        self._write("manifest.json", _line(manifest).rstrip())
        self._copy("chain.jsonl", self.chain)
        self._copy("items.jsonl", self.items)
        self._write("heads.jsonl", b"".join(heads))
        self._write("README.txt", word("archive.readme").encode())
        self._write("verify_archive.py", (files("records") / "verify_archive.py").read_bytes())


@contextmanager
def archive_zip(path: Path, places: Iterable[Path]) -> Iterator[ArchiveZip]:
    """The file is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with (
            TemporaryFile(dir=path.parent) as chain,
            TemporaryFile(dir=path.parent) as items,
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as file,
        ):
            yield ArchiveZip(file, tuple(places), chain, items)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _described(part: Part) -> Mapping[str, object]:
    if part.is_erased:
        return {"kind": part.kind}
    return {"kind": part.kind, "path": part.path, "sha256": part.sha256, "salt": part.salt}


def _named(path: str) -> zipfile.ZipInfo:
    one = zipfile.ZipInfo(path, LONG_AGO)
    one.compress_type = zipfile.ZIP_DEFLATED if path.endswith(PACKED) else zipfile.ZIP_STORED
    return one


def _line(one: Mapping[str, object]) -> bytes:
    return canonical_json(one).encode() + b"\n"
