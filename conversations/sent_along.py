"""What was sent along with words, as the desk keeps it: the platform's reference and what it says of the file."""

from collections.abc import Sequence

from conversations.engine.messages import Media, MediaKind
from desk.reporting import Sent


def sent_along(channel: str, media: Sequence[Media]) -> tuple[Sent, ...]:
    """What was sent along, as the desk keeps it."""
    return tuple(
        Sent(
            channel=channel,
            kind=one.kind.value,
            reference=one.reference,
            name=one.name,
            media_type=one.media_type,
            facts=_facts(one),
        )
        for one in media
    )


def media_of(sent: Sequence[Sent]) -> tuple[Media, ...]:
    """The same the other way round: what was sent before, for a question that takes it."""
    return tuple(
        Media(
            kind=MediaKind(one.kind),
            reference=one.reference,
            name=one.name,
            media_type=one.media_type,
            **{name: one.facts[name] for name in KEPT if name in one.facts},  # type: ignore[arg-type]
        )
        for one in sent
    )


KEPT = ("unique", "seconds", "recognised", "latitude", "longitude")


def _facts(one: Media) -> dict[str, object]:
    facts: dict[str, object] = {"seconds": one.seconds, "recognised": one.recognised, "unique": one.unique}
    if one.kind is MediaKind.LOCATION:
        facts |= {"latitude": one.latitude, "longitude": one.longitude}
    return {name: value for name, value in facts.items() if value}
