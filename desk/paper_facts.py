"""What there is of a case on paper, as plain values: files, receipts sent, editions, seals (`case_papers.py`).

Moments are UTC, digests SHA-256 in hex.
"""

from dataclasses import dataclass
from datetime import date, datetime

from agreement.chain import Sealed
from agreement.printed import Fault
from agreement.words import Record
from desk.happened import Somebody


@dataclass(frozen=True, kw_only=True)
class AttachedFact:
    """Something that was sent along. `digest` is empty until the bytes are here."""

    event_id: int | None
    kind: str
    name: str
    digest: str
    state: str  # wanted, stored, failed, erased
    media_type: str = ""  # by its first bytes where these tell


@dataclass(frozen=True, kw_only=True)
class SentFact:
    """One message about the case to the customer's side: of which event, on which channel, when it left."""

    event_id: int
    channel: str
    to: Somebody | None
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class EditionFact:
    """A record that was closed: which edition, of which content, when, by whom and why."""

    id: int
    record: Record
    attempt: int
    number: str
    edition: int
    content: str
    digest: str
    print_digest: str  # of its PDF; empty: not kept
    left_open: tuple[str, ...]  # labels of required cells that nobody had filled
    pages: int  # of its PDF; 0 until it was printed
    print_faults: tuple[Fault, ...] | None = None  # what the bytes of its PDF have against them; None: nobody looked
    reason: str
    by: Somebody | None  # nobody: the clock, by policy
    made_at: datetime
    event_id: int  # what closed or changed it


@dataclass(frozen=True, kw_only=True)
class SealFact:
    """One link of the chain that covers something of this case."""

    n: int
    kind: Sealed
    previous: str
    digest: str
    edition_id: int | None


@dataclass(frozen=True, kw_only=True)
class ArchivedFact:
    """How a case was filed: 档号, code of 保管期限 and its last day (None: for ever), 密级."""

    file_number: str
    term: str
    kept_until: date | None
    secrecy: str
    at: datetime
