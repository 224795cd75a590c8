"""The words of the reading as data: `words.toml`, read once. A mistake in it raises TypeError by its name."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def _entries() -> dict[str, object]:
    tables = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return dict(_flat(tables, ""))


def _flat(table: dict[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


@cache
def words(entry: str) -> tuple[str, ...]:
    """A text of words separated by blanks, e.g. "places.nouns"; empty when there is no such entry."""
    return tuple(_text(entry).split())


@cache
def phrases(entry: str) -> tuple[str, ...]:
    """A text of phrases separated by commas, for a language that writes blanks."""
    return tuple(filter(None, (" ".join(one.split()) for one in _text(entry).split(","))))


@cache
def rows(entry: str) -> tuple[str, ...]:
    """A list of texts; empty when there is no such entry."""
    found = _entries().get(entry, [])
    if not isinstance(found, list):
        raise TypeError(f"words.toml: {entry} must be a list")
    return tuple(str(one) for one in found)


def under(heading: str) -> tuple[str, ...]:
    """The names of the tables under one heading, in their order: "cues" → hard, soft, …"""
    prefix = heading + "."
    names = (entry[len(prefix) :].split(".")[0] for entry in _entries() if entry.startswith(prefix))
    return tuple(dict.fromkeys(names))


def _text(entry: str) -> str:
    found = _entries().get(entry, "")
    if not isinstance(found, str):
        raise TypeError(f"words.toml: {entry} must be a text of words")
    return found
