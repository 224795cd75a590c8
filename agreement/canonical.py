"""The one text of a content: what is confirmed, kept as an edition or sealed is digested in this form (records, §9)."""

import json
from datetime import datetime

from agreement.chain import moment


def canonical_json(content: object) -> str:
    """JSON with sorted keys and no spaces, moments in UTC: the same content is the same text. No line ends in it.

    Raises TypeError for a value that JSON has no word for.
    """
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_moment)


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
