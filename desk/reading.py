"""已阅: the representative confirms a monthly report. The evidence is what stood on that screen, with its digest."""

from sqlalchemy import select

from agreement.words import Role
from desk.digests import DigestKind, digest_of
from desk.sitting import Sitting
from storage.tables import Digest, Outbox
from texts.refused import Refused


def confirm(sitting: Sitting, digest_id: int) -> Digest:
    """Once, by the person it was made for, while they represent that school. A second tap says when it was."""
    row = sitting.session.get(Digest, digest_id, with_for_update=True, populate_existing=True)
    if row is None or row.kind != DigestKind.MONTHLY.value or row.person_id != sitting.actor.person_id:
        raise Refused("refused.bad_tap")
    if row.confirmed_at is not None:
        raise Refused("refused.seen_already", at=row.confirmed_at)
    if not sitting.actor.is_at(row.school_id, Role.REPRESENTATIVE):
        raise Refused("refused.not_representative")
    row.confirmed_at = sitting.at
    row.account_id = sitting.actor.account_id
    row.inbox_id = sitting.actor.inbox_id
    row.shown = _shown(sitting, row)
    row.shown_digest = digest_of(row.shown)
    return row


def waits(sitting: Sitting, digest_id: int) -> bool:
    """Whether this report has not been confirmed."""
    row = sitting.session.get(Digest, digest_id)
    return row is not None and row.confirmed_at is None


def _shown(sitting: Sitting, row: Digest) -> str:
    """The words as they were sent to the account that confirms."""
    rendered = sitting.session.scalar(
        select(Outbox.rendered)
        .where(
            Outbox.account_id == sitting.actor.account_id,
            Outbox.telling.startswith(f"dg{row.id}:", autoescape=True),
            Outbox.rendered.is_not(None),
        )
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    return str((rendered or {}).get("text", ""))
