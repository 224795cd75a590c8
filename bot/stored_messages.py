"""A message as the inbox keeps it, so that it can be read once more: after a failure, by another release."""

from dataclasses import asdict, fields
from datetime import UTC, datetime

from conversations.engine.messages import Contact, Incoming, Media, MediaKind


def to_json(incoming: Incoming) -> dict[str, object]:
    """The message as stored; the raw request has a column of its own."""
    plain: dict[str, object] = {name: getattr(incoming, name) for name in STORED}
    for name in MOMENTS:
        if plain[name] is not None:
            plain[name] = str(plain[name])
    plain["media"] = [asdict(one) for one in incoming.media]
    return plain


MOMENTS = ("received_at", "sent_at", "said_at")
STORED = tuple(one.name for one in fields(Incoming) if one.name != "raw")


def from_json(stored: dict[str, object]) -> Incoming:
    """The inverse of `to_json`, to converse again after a failure."""
    values: dict[str, object] = dict(stored)
    for name in MOMENTS:
        moment = values.get(name)
        values[name] = datetime.fromisoformat(str(moment)).astimezone(UTC) if moment else None
    media = values.get("media")
    values["media"] = tuple(_media(one) for one in media) if isinstance(media, list) else ()
    values["contact"] = Contact(str(values["contact"]))
    return Incoming(**values)  # type: ignore[arg-type]  # the names and types are those of to_json


def _media(stored: dict[str, object]) -> Media:
    return Media(**{**stored, "kind": MediaKind(str(stored["kind"]))})  # type: ignore[arg-type]
