"""The chain that seals the archive: what one link covers, how it follows from the one before, what a head is.

A link covers a salted digest of one thing, never the thing: with the salt dropped nobody can guess what it was, and
the chain still adds up. `records/verify_archive.py` says the same a second time, for readers without this program;
a test holds the two together.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

FIRST: Final = "0" * 64  # what the first link follows
LEAF: Final = "yingnuo leaf 1"
LINK: Final = "yingnuo link 1"
# By so many digits 《归档记录》 names an edition (records §8); the page of the case has all.
NAMED_BY: Final = 16
NAMED_BY_EVER: Final = (12, NAMED_BY)  # 12 until its form A/1, and what is kept names them so still


class Sealed(StrEnum):
    """What kind of thing a link covers."""

    RECORD = "record"  # an edition's content: canonical JSON
    PRINT = "print"  # the same edition as PDF
    ATTACHMENT = "attachment"
    TIMELINE = "timeline"  # the case's events
    EVIDENCE = "evidence"  # confirmations, promises, penalties
    CASE = "case"  # which links are this case's, so that none can be kept back unseen
    NEXT = "next"  # another list of the case's links follows; its salt stands in the list before
    ERASURE = "erasure"  # which links lost their salt, and why
    TAKEN_IN = "taken_in"  # an archive of another installation, as one file


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something to be sealed: its place in the archive and the SHA-256 of its bytes."""

    kind: Sealed
    path: str
    sha256: str
    salt: str  # hex, random, of this thing alone


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link; `at` is text, since its very characters are under the digest."""

    n: int
    at: str
    leaf: str
    previous: str
    digest: str

    @property
    def head(self) -> str:
        """What is deposited: 128-3f9a…"""
        return f"{self.n}-{self.digest}"


def leaf(thing: Thing) -> str:
    """The salted digest of a thing."""
    return _digest(LEAF, thing.salt, thing.kind.value, thing.path, thing.sha256)


def link(n: int, at: str, covered: str, previous: str) -> Link:
    """The link that comes n-th, covers that leaf and follows the link with that digest."""
    digest = _digest(LINK, str(n), at, covered, previous)
    return Link(n=n, at=at, leaf=covered, previous=previous, digest=digest)


def links(after: Link | None, at: datetime, things: Sequence[Thing]) -> Iterator[Link]:
    """A link for each thing, in this order, behind that link."""
    written = moment(at)
    for thing in things:
        n, previous = (after.n + 1, after.digest) if after is not None else (1, FIRST)
        after = link(n, written, leaf(thing), previous)
        yield after


def moment(at: datetime) -> str:
    """2026-11-23T06:02:07.000000Z: the same text for the same moment, always."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def sha256(content: bytes) -> str:
    """In hex."""
    return hashlib.sha256(content).hexdigest()


def _digest(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
