"""Evidence of an act that binds: who, by which account, on which message, to exactly which content (records, §9)."""

import hashlib
import json
from collections.abc import Mapping

from desk.sitting import Sitting
from storage.tables import Confirmation, Event, Ticket


def confirm(sitting: Sitting, ticket: Ticket, event: Event, content: Mapping[str, object]) -> None:
    """Keep the content as canonical JSON with its digest, beside the event."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sitting.session.add(
        Confirmation(
            ticket_id=ticket.id,
            event_id=event.id,
            person_id=sitting.actor.person_id,
            account_id=sitting.actor.account_id,
            inbox_id=sitting.actor.inbox_id,
            content=canonical,
            digest=hashlib.sha256(canonical.encode()).hexdigest(),
            at=sitting.at,
        )
    )
