"""A file named like a program is taken on no channel: the message goes on without it, and its sender hears so."""

from dataclasses import replace

from agreement.file_types import could_run
from conversations.engine.messages import Incoming, Media


def without_programs(incoming: Incoming) -> Incoming:
    """The same message where nothing of the kind came along."""
    fit = tuple(one for one in incoming.media if not _is_program(one))
    return incoming if len(fit) == len(incoming.media) else replace(incoming, media=fit)


def _is_program(one: Media) -> bool:
    """A place may be called after somebody's .com, and has no bytes."""
    return bool(one.reference) and could_run(one.name, one.media_type)
