"""An export in memory, made by the house's own rules: thousands of records without a database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import starmap

from agreement.chain import Link, Sealed, Thing, leaf, link, links, sha256

AT = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)
PER_CASE = 5


@dataclass
class Export:
    """What an export holds, each part to be tampered with. It is a `verify_archive.Source`."""

    chain: list[Link]
    items: dict[int, Thing]
    files: dict[str, bytes]
    manifest: Mapping[str, object]
    erased: frozenset[int] = frozenset()

    def copy(self) -> "Export":
        return replace(self, chain=list(self.chain), items=dict(self.items), files=dict(self.files))

    def names(self) -> Sequence[str]:
        return [*self.files, "chain.jsonl", "items.jsonl", "manifest.json"]

    def read(self, name: str) -> bytes:
        match name:
            case "chain.jsonl":
                return "\n".join(map(_link_line, self.chain)).encode()
            case "items.jsonl":
                return "\n".join(starmap(self._item, self.items.items())).encode()
            case "manifest.json":
                return json.dumps(self.manifest).encode()
        return self.files[name]

    def _item(self, n: int, one: Thing) -> str:
        return json.dumps({"n": n, "kind": one.kind}) if n in self.erased else _item_line(n, one)

    @property
    def heads(self) -> dict[int, str]:
        """What was deposited: the head at every 1,000th link, and the last."""
        return {one.n: one.digest for one in self.chain if one.n % 1000 == 0 or one is self.chain[-1]}


def export(records: int) -> Export:
    """So many records in cases of five; each case ends with its list of contents."""
    files: dict[str, bytes] = {}
    things: list[Thing] = []
    for first in range(0, records, PER_CASE):
        case = f"cases/ZXFK-2026-{first // PER_CASE + 1:06d}"
        begun = len(things) + 1
        for number in range(first, first + PER_CASE):
            content = json.dumps({"record": number, "text": "打印机卡纸" * 8}).encode()
            _put(things, files, Sealed.RECORD, f"{case}/records/{number}.json", content)
        listed = [[n, one.kind, one.path] for n, one in enumerate(things[begun - 1 :], start=begun)]
        _put(things, files, Sealed.CASE, f"{case}/contents-1.json", json.dumps({"links": listed}).encode())
    chain = list(links(None, AT, things))
    return Export(chain, dict(enumerate(things, start=1)), files, {"format": "yingnuo-archive 1", "scope": "all"})


def _put(things: list[Thing], files: dict[str, bytes], kind: Sealed, path: str, content: bytes) -> None:
    files[path] = content
    salt = hashlib.sha256(path.encode()).hexdigest()[:32]
    things.append(Thing(kind=kind, path=path, sha256=sha256(content), salt=salt))


def rebuilt(found: Export, since: int) -> Export:
    """The whole chain made anew from that link on, as somebody would who has the tables and the program."""
    made = found.copy()
    for n in range(since, len(made.chain) + 1):
        before = made.chain[n - 2].digest if n > 1 else "0" * 64
        made.chain[n - 1] = link(n, made.chain[n - 1].at, leaf(made.items[n]), before)
    return made


@lru_cache(maxsize=30_000)  # what a test does not touch is written once
def _link_line(one: Link) -> str:
    return json.dumps(vars(one))


@lru_cache(maxsize=30_000)
def _item_line(n: int, one: Thing) -> str:
    return json.dumps({"n": n} | vars(one))
