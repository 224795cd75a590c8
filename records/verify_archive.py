"""verify-archive: proves that an exported archive is what was sealed. One file, plain Python 3.11 or newer, no imports
of the project: give it to anybody together with the export.

    python verify_archive.py archive.zip --head 128-3f9a…

A head is what the monthly report or the page of heads said on some day. Links 1 to 128 are then proven: nothing in
them was changed, removed, inserted or reordered. Give all the heads that you kept (`--head` again, or `--heads FILE`,
one a line): the more, the closer the first wrong place is named. Exit 0: all is as it was sealed; 1: it is not, and
the first wrong place is named; 2: the question could not be understood.
"""

import argparse
import hashlib
import io
import json
import lzma
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

FIRST = "0" * 64
LEAF = "yingnuo leaf 1"
LINK = "yingnuo link 1"
FORMAT = "yingnuo-archive 1"
CHAIN, ITEMS, MANIFEST = "chain.jsonl", "items.jsonl", "manifest.json"
BESIDE = frozenset({CHAIN, ITEMS, MANIFEST, "heads.jsonl", "README.txt", "verify_archive.py"})
# A whole digest, or its beginning as a line of a day has it: of 32 digits nobody finds two chains with one beginning.
HEAD = re.compile(r"\b([1-9][0-9]{0,11})-([0-9a-f]{32,64})\b")
# What a damaged or strange ZIP raises: a wrong checksum, a cut end, a password, an unknown packing, a false place.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError, OSError, RuntimeError, ValueError, MemoryError
)
# A bomb: larger than any single thing that a house keeps, and packed as no digests and no words of people ever are.
LARGE, PACKED_BY = 64 * 2**20, 100
LISTED = re.compile(r"contents-([1-9][0-9]{0,5})\.json")
SHOWN = 20
SAID = {
    "zh": {
        "unreadable": "{where}：读不懂",
        "gone": "第{n}号链接不见了（被删除，或顺序被改）",
        "moved": "第{n}号链接的位置上是另一号：{where}",
        "changed": "第{n}号链接被改过",
        "loose": "第{n}号链接不接在前一号之后",
        "short": "封存链到第{n}号之前就断了：被截短",
        "other": "第{n}号与已存的摘要不符：{where}之间的内容被改写过",
        "item": "第{n}号的说明被改过：{where}",
        "order": "第{n}号的说明重复或顺序不对",
        "kept_back": "第{n}号的内容没有附上：{where}",
        "file": "第{n}号的文件被改过：{where}",
        "no_file": "第{n}号的文件不见了：{where}",
        "extra": "多出一个没有封存过的文件：{where}",
        "unproven": "第{n}号说是已删除个人信息，封存链里却没有这次删除",
        "right": "相符：{links}个链接，{files}个文件，{erased}个已依法删除，{withheld}个不在本次导出范围。"
        "第1至第{proven}号由已存的摘要证明。",
        "wrong": "不相符。最先不对的地方：{first}",
        "unheaded": "没有给出已存的摘要：只核对了内部是否一致，整条链被重做是看不出来的。",
    },
    "en": {
        "unreadable": "{where}: cannot be read",
        "gone": "link {n} is gone (removed, or the order was changed)",
        "moved": "in the place of link {n} stands another: {where}",
        "changed": "link {n} was changed",
        "loose": "link {n} does not follow the one before",
        "short": "the chain ends before link {n}: it was cut short",
        "other": "link {n} differs from the head that was deposited: something from {where} was rewritten",
        "item": "what is said of link {n} was changed: {where}",
        "order": "link {n} is described twice or out of order",
        "kept_back": "the content of link {n} is not here: {where}",
        "file": "the file of link {n} was changed: {where}",
        "no_file": "the file of link {n} is gone: {where}",
        "extra": "a file that was never sealed: {where}",
        "unproven": "link {n} is said to be erased, but no erasure in the chain says so",
        "right": "As it was sealed: {links} links, {files} files, {erased} erased by law, {withheld} outside this "
        "export. Links 1 to {proven} are proven by a deposited head.",
        "wrong": "NOT as it was sealed. The first wrong place: {first}",
        "unheaded": "No deposited head was given: only agreement within was checked; a chain made anew would pass.",
    },
}


class Source(Protocol):
    """Where the parts of an export lie."""

    def names(self) -> Sequence[str]: ...

    def read(self, name: str) -> bytes: ...


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, at the first link that it touches."""

    n: int
    code: str
    where: str = ""

    def said(self, language: str) -> str:
        return SAID[language][self.code].format(n=self.n, where=_shown(self.where))


@dataclass
class Report:
    """What was found. `proven`: the last link that a deposited head vouches for."""

    problems: list[Problem] = field(default_factory=list)
    links: int = 0
    files: int = 0
    erased: int = 0
    withheld: int = 0
    proven: int = 0

    @property
    def first(self) -> Problem | None:
        """The first wrong place, along the chain."""
        return min(self.problems, default=None)


@dataclass(frozen=True)
class Item:
    """What the export says of one link."""

    n: int
    kind: str
    path: str
    sha256: str
    salt: str

    @property
    def is_erased(self) -> bool:
        return not self.salt


def digest(*lines: str) -> str:
    """The one way in which this archive hashes lines of text. Half a character (\\ud800) is hashed too: it was never
    sealed, so it is found as changed."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _shown(text: str) -> str:
    """What a file is called, without signs that would steer the screen: its name is its maker's."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def verify(source: Source, heads: Mapping[int, str]) -> Report:
    """Everything, in one pass over the chain and one over the files. Heads: number of a link → its digest."""
    report = Report()
    leaves = _walk(source, heads, report)
    items = _items(source, report)
    _describe(items, leaves, report)
    _files(source, items, report)
    _complete(source, items, leaves, report)
    report.problems.sort()
    return report


def _read(source: Source, name: str) -> bytes | None:
    """None where it is not there or damaged: then it is not what was sealed, whatever the reason."""
    try:
        return source.read(name)
    except BROKEN:
        return None


def _json(content: bytes | None) -> object:
    """None for what is no JSON, or so deep that nobody has sealed it."""
    try:
        return json.loads(content) if content is not None else None
    except (ValueError, RecursionError):
        return None


def _lines(source: Source, name: str, report: Report) -> Iterator[dict[str, object]]:
    content = _read(source, name) if name in source.names() else None
    if content is None:
        report.problems.append(Problem(1, "unreadable", name))
        return
    for number, line in enumerate(content.splitlines(), start=1):
        found = _json(line)
        if not isinstance(found, dict):
            report.problems.append(Problem(number, "unreadable", f"{name}:{number}"))
            return
        yield found


def _walk(source: Source, heads: Mapping[int, str], report: Report) -> list[str]:
    """The leaves of the chain, as far as it holds; the first break ends the walk."""
    leaves: list[str] = []
    previous, proven = FIRST, 0
    for n, one in enumerate(_lines(source, CHAIN, report), start=1):
        wrong = _link_problem(n, one, previous)
        if wrong is not None:
            report.problems.append(wrong)
            break
        leaves.append(str(one["leaf"]))
        previous = str(one["digest"])
        if n in heads:
            if not previous.startswith(heads[n]):
                report.problems.append(Problem(proven + 1, "other", f"{proven + 1}–{n}"))
                break
            proven = n
    report.links, report.proven = len(leaves), proven
    cut = [n for n in heads if n > len(leaves)]
    if cut and not report.problems:
        report.problems.append(Problem(len(leaves) + 1, "short"))
    return leaves


def _link_problem(n: int, one: Mapping[str, object], previous: str) -> Problem | None:
    stands = one.get("n")
    if stands != n:
        return Problem(n, "gone" if stands == n + 1 else "moved", str(stands))
    if digest(LINK, str(n), str(one.get("at")), str(one.get("leaf")), str(one.get("previous"))) != one.get("digest"):
        return Problem(n, "changed")
    return None if one.get("previous") == previous else Problem(n, "loose")


def _items(source: Source, report: Report) -> dict[int, Item]:
    found: dict[int, Item] = {}
    last = 0
    for one in _lines(source, ITEMS, report):
        n = one.get("n")
        if not isinstance(n, int) or n <= last:
            report.problems.append(Problem(n if isinstance(n, int) else last + 1, "order"))
            break
        last = n
        words = [one.get(key) for key in ("kind", "path", "sha256", "salt")]
        kind, path, sha256, salt = (word if isinstance(word, str) else "" for word in words)
        found[n] = Item(n, kind, path, sha256, salt)
    return found


def _describe(items: Mapping[int, Item], leaves: Sequence[str], report: Report) -> None:
    """Each description gives the leaf that the chain has, or is one of an erasure."""
    for n, one in items.items():
        if one.is_erased:
            report.erased += 1
        elif n > len(leaves):
            if not report.problems:
                report.problems.append(Problem(n, "item", one.path))
        elif digest(LEAF, one.salt, one.kind, one.path, one.sha256) != leaves[n - 1]:
            report.problems.append(Problem(n, "item", one.path))


def _files(source: Source, items: Mapping[int, Item], report: Report) -> None:
    """Each described file is here as it was, once, and no other is."""
    names = source.names()
    here = set(names)
    described = {one.path for one in items.values() if not one.is_erased}
    for one in items.values():
        if one.is_erased:
            continue
        if one.path not in here:
            report.problems.append(Problem(one.n, "no_file", one.path))
        elif (content := _read(source, one.path)) is None or hashlib.sha256(content).hexdigest() != one.sha256:
            report.problems.append(Problem(one.n, "file", one.path))
        else:
            report.files += 1
    behind = report.links + 1
    extra = [name for name in here if name not in described and name not in BESIDE]
    extra += [name for name, times in Counter(names).items() if times > 1]
    report.problems += [Problem(behind, "extra", name) for name in sorted(extra)]


def _complete(source: Source, items: Mapping[int, Item], leaves: Sequence[str], report: Report) -> None:
    """Nothing of a case is kept back, nothing is called erased that no erasure names."""
    manifest = _object(_read(source, MANIFEST) if MANIFEST in source.names() else None)
    if manifest.get("format") != FORMAT:
        report.problems.append(Problem(1, "unreadable", MANIFEST))
    erased: set[int] = set()
    wanted: dict[int, str] = {}
    for one in items.values():
        if one.is_erased or one.kind not in {"case", "erasure"}:
            continue
        content = _content(source, one)
        if one.kind == "erasure":
            erased |= {n for n in _list(content.get("erased")) if isinstance(n, int) and n < one.n}
        else:
            wanted |= dict(_pairs(content.get("links")))
    if manifest.get("scope") == "all":
        wanted |= {n: "" for n in range(1, len(leaves) + 1) if n not in wanted}
    report.problems += [Problem(n, "kept_back", path) for n, path in wanted.items() if n not in items]
    report.problems += [Problem(n, "unproven") for n, one in items.items() if one.is_erased and n not in erased]
    report.problems += _without_contents(items, manifest)
    report.problems += _without_the_next(source, items, leaves)
    report.withheld = len(leaves) - sum(n <= len(leaves) for n in items)


def _without_contents(items: Mapping[int, Item], manifest: Mapping[str, object]) -> Iterator[Problem]:
    """A case whose list of contents is missing could be short of anything."""
    listed = {one.path.split("/")[1] for one in items.values() if one.kind == "case" and "/" in one.path}
    cases = [case for case in _list(manifest.get("cases")) if isinstance(case, str)]
    first = {case: 1 for case in cases if case not in listed}
    for one in items.values():
        folder, _, rest = one.path.partition("/")
        case = rest.split("/")[0]
        if folder == "cases" and case in first and first[case] == 1:
            first[case] = one.n
    yield from (Problem(n, "kept_back", f"cases/{case}") for case, n in first.items())


def _without_the_next(source: Source, items: Mapping[int, Item], leaves: Sequence[str]) -> Iterator[Problem]:
    """A list of contents holds the salt under which the chain announces the next one of its case."""
    here = {one.path for one in items.values()}
    place = {leaf: n for n, leaf in enumerate(leaves, start=1)}
    for one in items.values():
        folder, _, name = one.path.rpartition("/")
        listed = LISTED.fullmatch(name) if one.kind == "case" else None
        salt = _content(source, one).get("next") if listed else None
        if listed is None or not isinstance(salt, str):
            continue
        number = int(listed[1]) + 1
        path = f"{folder}/contents-{number}.json"
        covered = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
        n = place.get(digest(LEAF, salt, "next", f"{folder}/next-{number}.txt", covered))
        if n is not None and path not in here:
            yield Problem(n, "kept_back", path)


def _content(source: Source, one: Item) -> dict[str, object]:
    return _object(_read(source, one.path))  # not there, or no JSON: found wrong by its digest already


def _object(content: bytes | None) -> dict[str, object]:
    found = _json(content)
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []


def _pairs(found: object) -> Iterator[tuple[int, str]]:
    for one in _list(found):
        match one:
            case [int(n), str(), str(path)]:
                yield n, path
            case _:
                pass


@dataclass
class Zip:
    """An export as a ZIP file."""

    file: zipfile.ZipFile

    def __post_init__(self) -> None:
        """A folder is nothing of its own, unless something was put into its entry."""
        self._names = [one.filename for one in self.file.infolist() if one.file_size or not one.is_dir()]

    def names(self) -> Sequence[str]:
        return self._names

    def read(self, name: str) -> bytes:
        """Never more than the directory of the ZIP says; what it says is looked at before anything is unpacked."""
        one = self.file.getinfo(name)
        if one.file_size > max(LARGE, PACKED_BY * one.compress_size):
            raise zipfile.BadZipFile(f"{name} unpacks to {one.file_size} bytes")
        return self.file.read(name)


def heads_in(text: str) -> dict[int, str]:
    """Every head that stands in a text: a report, a list, one line; of one link the longest. Raises ValueError for
    two of one link that differ: one of them is false, and nobody may choose for whoever asks."""
    heads: dict[int, str] = {}
    for n, found in HEAD.findall(text):
        short, long = sorted((heads.get(int(n), ""), found), key=len)
        if not long.startswith(short):
            raise ValueError(f"two heads of link {n} that differ")
        heads[int(n)] = long
    return heads


def told(report: Report, language: str, *, headed: bool) -> list[str]:
    """The report in words."""
    said = SAID[language]
    lines = [] if headed else [said["unheaded"]]
    if report.first is None:
        counts = {key: getattr(report, key) for key in ("links", "files", "erased", "withheld", "proven")}
        return [*lines, said["right"].format(**counts)]
    lines.append(said["wrong"].format(first=report.first.said(language)))
    return [*lines, *(f"  - {one.said(language)}" for one in report.problems[:SHOWN])]


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="verify_archive.py", description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--head", action="append", default=[], metavar="N-DIGEST")
    parser.add_argument("--heads", type=Path, help="a file with one or more heads")
    parser.add_argument("--inside-only", action="store_true", help="check without any deposited head")
    parser.add_argument("--lang", choices=sorted(SAID), default="zh")
    chosen = parser.parse_args(arguments)
    try:
        kept = "\n".join([*chosen.head, chosen.heads.read_text(encoding="utf-8") if chosen.heads else ""])
        heads = heads_in(kept)
        if not heads and not chosen.inside_only:
            parser.error("give a head that was deposited (--head, --heads), or --inside-only")
        with zipfile.ZipFile(chosen.archive) as file:
            report = verify(Zip(file), heads)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        print(f"verify_archive: {chosen.archive}: {error}", file=sys.stderr)
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a screen that has not every sign
    print("\n".join(told(report, chosen.lang, headed=bool(heads))))
    return 0 if report.first is None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
