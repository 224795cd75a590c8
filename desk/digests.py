"""Digests: what one person is told of one day, week or month, frozen when it is made and told once.

The key says whom, of what and of when: a crash between making and telling tells once, for both are one transaction.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk.sitting import Sitting
from desk.telling import Telling, lines_of_people, put
from storage.tables import Digest
from storage.talk import insert
from texts.say import Say, from_json, to_json


class DigestKind(StrEnum):
    """Of what span a digest tells, and whom."""

    MORNING = "morning"  # an engineer on duty, today
    WEEKLY = "weekly"  # a lead, the week
    MONTHLY = "monthly"  # a representative, the month; to be confirmed


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """Whom a digest is for and what it tells of; `period` names the span: a date, or "2026-11"."""

    kind: DigestKind
    person_id: int
    day: date
    period: str
    school_id: int | None = None

    @property
    def key(self) -> str:
        """Unique in the tables: told once."""
        return f"{self.kind}:{self.period}:{self.school_id or ''}:{self.person_id}"


def tell(sitting: Sitting, to: Addressed, said: Sequence[Say]) -> bool:
    """Freeze it and queue it; False where this person was told of this span before."""
    content = canonical(said)
    new = (
        insert(sitting.session)(Digest)
        .values(
            kind=to.kind.value,
            person_id=to.person_id,
            school_id=to.school_id,
            day=to.day,
            about=to.key,
            content=content,
            digest=digest_of(content),
            made_at=sitting.now,
            shown="",
            shown_digest="",
        )
        .on_conflict_do_nothing(index_elements=["about"])
        .returning(Digest.id)
    )
    made = sitting.session.scalar(new)
    if made is None:
        return False
    line = lines_of_people(sitting.session, [to.person_id]).get(to.person_id)
    if line is not None:
        # A report that waits for a confirmation goes again where nobody saw an answer; a list does not.
        weight = "card" if to.kind is DigestKind.MONTHLY else "courtesy"
        body = {"notice": "digest", "how": "ring", "digest": made, "kind": to.kind.value}
        telling = Telling(line=line, key=key_of(made, line.account_id), weight=weight, body=body)
        put(sitting.session, sitting.now, [telling])
    return True


def key_of(digest_id: int, account_id: int) -> str:
    """The outbox's key of this digest on this line."""
    return f"dg{digest_id}:{account_id}"


def canonical(said: Sequence[Say]) -> str:
    """The same sentences are the same text, whoever asks."""
    return json.dumps([to_json(one) for one in said], sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(content: str) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class DigestView:
    """A digest as its reader may see it."""

    kind: DigestKind
    said: Sequence[Say]
    is_confirmed: bool


def show(sitting: Sitting, digest_id: int) -> DigestView | None:
    """Only for the person it was made for."""
    row = sitting.session.get(Digest, digest_id)
    if row is None or row.person_id != sitting.actor.person_id:
        return None
    said = [one for one in map(from_json, json.loads(row.content)) if isinstance(one, Say)]
    return DigestView(DigestKind(row.kind), said, row.confirmed_at is not None)
