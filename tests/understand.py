"""Reads sentences and prints what is understood of each, one JSON line a sentence.

    python -m tests.understand --school FILE.json < sentences.txt
    python -m tests.understand --school FILE.json --expect < expected.jsonl

The school's file has `rooms` and `systems`, each a list of {name, aliases}; what it does not list is printed as empty
(in a chat the summary quotes it as it was said). With `--expect` the input is JSON lines with `sentence` and whichever
of the five fields are to be right, and the shares right per field are printed; a field that a line leaves out is not
counted.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conversations.understanding import Named, Surroundings, understand

FIELDS = ("is_report", "place", "system", "kind", "urgent")


@dataclass(frozen=True)
class Judged:
    """One expected field of one sentence, and what was understood."""

    sentence: str
    field: str
    expected: object
    got: object

    @property
    def is_right(self) -> bool:
        """Is it exactly what was expected?"""
        return self.expected == self.got


def surroundings_of(path: Path) -> Surroundings:
    """The rooms and systems of a school's file. Raises KeyError where one has no name."""
    school = json.loads(path.read_text(encoding="utf-8"))
    return Surroundings(rooms=_named(school.get("rooms", [])), systems=_named(school.get("systems", [])))


def _named(listed: Iterable[Mapping[str, object]]) -> tuple[Named, ...]:
    return tuple(
        Named(id=str(number), name=str(one["name"]), aliases=_aliases(one.get("aliases")))
        for number, one in enumerate(listed, start=1)
    )


def _aliases(listed: object) -> tuple[str, ...]:
    return tuple(str(alias) for alias in listed) if isinstance(listed, list) else ()


def read(sentence: str, surroundings: Surroundings) -> dict[str, str | bool]:
    """The five fields of one sentence, as printed; place and system are names of the school's own, or empty."""
    got = understand(sentence, surroundings)
    return {
        "is_report": got.is_report.value,
        "place": got.room.name if got.room else "",
        "system": got.asset.name if got.asset else "",
        "kind": got.kind.value,
        "urgent": got.urgent,
    }


def judged(lines: Iterable[str], surroundings: Surroundings) -> Iterator[Judged]:
    """Every expected field of every line of JSON."""
    for line in filter(str.strip, lines):
        expected = json.loads(line)
        got = read(expected["sentence"], surroundings)
        for field in FIELDS:
            if field in expected:
                yield Judged(expected["sentence"], field, expected[field], got[field])


def shares(all_judged: Iterable[Judged]) -> dict[str, float]:
    """The share right per field, 0 to 1."""
    counted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in all_judged:
        counted[one.field] += 1
        right[one.field] += one.is_right
    return {field: right[field] / counted[field] for field in FIELDS if counted[field]}


def main() -> None:
    """Reads standard input, prints to standard output."""
    parser = argparse.ArgumentParser(prog="python -m tests.understand")
    parser.add_argument("--school", type=Path, required=True, help="JSON file with rooms and systems")
    parser.add_argument("--expect", action="store_true", help="the input says what is expected")
    parser.add_argument("--misses", action="store_true", help="with --expect: print each miss too")
    asked = parser.parse_args()
    surroundings = surroundings_of(asked.school)
    lines = [line.strip().lstrip("\ufeff") for line in sys.stdin.read().splitlines() if line.strip()]
    if not asked.expect:
        for line in lines:
            print(json.dumps(read(line, surroundings), ensure_ascii=False))
        return
    answers = list(judged(lines, surroundings))
    for one in answers if asked.misses else ():
        if not one.is_right:
            print(f"{one.field}: {one.sentence} | expected {one.expected!r}, got {one.got!r}")
    print(json.dumps({field: round(share, 4) for field, share in shares(answers).items()}))


if __name__ == "__main__":
    main()
