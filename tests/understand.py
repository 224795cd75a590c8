"""Reads sentences and prints what is understood, one JSON line each; with `--expect` the share right per field.

    python -m tests.understand --school FILE.json < sentences.txt
    python -m tests.understand --school FILE.json --expect < expected.jsonl

The school's file has `rooms` and `systems`, each a list of {name, aliases}. An expected line has `sentence` and
whichever of the five fields are to be right; a field that it leaves out is not counted.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from conversations.understanding import Named, Surroundings, understand

FIELDS = ("is_report", "place", "system", "kind", "urgent")


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
    """The five fields of one sentence, as printed."""
    got = understand(sentence, surroundings)
    return {
        "is_report": got.is_report.value,
        "place": got.place,
        "system": got.system,
        "kind": got.kind.value,
        "urgent": got.urgent,
    }


def misses(lines: Iterable[str], surroundings: Surroundings) -> Iterator[tuple[str, str, object, object, bool]]:
    """Every expected field of every line: sentence, field, expected, got, right."""
    for line in filter(str.strip, lines):
        expected = json.loads(line)
        got = read(expected["sentence"], surroundings)
        for field in FIELDS:
            if field in expected:
                yield expected["sentence"], field, expected[field], got[field], expected[field] == got[field]


def shares(lines: Iterable[str], surroundings: Surroundings) -> dict[str, float]:
    """The share right per field, 0 to 1, of lines of expected JSON."""
    counted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for _, field, _, _, is_right in misses(lines, surroundings):
        counted[field] += 1
        right[field] += is_right
    return {field: right[field] / counted[field] for field in FIELDS if counted[field]}


def main() -> None:
    """Reads standard input, prints to standard output."""
    parser = argparse.ArgumentParser(prog="python -m tests.understand")
    parser.add_argument("--school", type=Path, required=True, help="JSON file with rooms and systems")
    parser.add_argument("--expect", action="store_true", help="the input says what is expected: print the shares")
    parser.add_argument("--misses", action="store_true", help="with --expect: print each miss too")
    asked = parser.parse_args()
    surroundings = surroundings_of(asked.school)
    lines = sys.stdin.read().splitlines()
    if not asked.expect:
        for line in filter(str.strip, lines):
            print(json.dumps(read(line.strip(), surroundings), ensure_ascii=False))
        return
    if asked.misses:
        for sentence, field, expected, got, is_right in misses(lines, surroundings):
            if not is_right:
                print(f"{field}: {sentence} | expected {expected!r}, got {got!r}")
    print(json.dumps({name: round(share, 4) for name, share in shares(lines, surroundings).items()}))


if __name__ == "__main__":
    main()
