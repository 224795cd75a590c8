"""What a message has filed, for whatever follows from it in the same chat."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Filed:
    """A ticket. `lacks_reasons`: it is urgent by the words of the report, and cause and harm were not said."""

    ticket_id: int
    lacks_reasons: bool
