"""The one exception that is a sentence to the person: an act may not be done, and here is why."""

from texts.say import Say


class Refused(Exception):  # noqa: N818 - named as the person reads it
    """An act says no. `again` names the question to be asked anew; None ends the flow with the sentence."""

    def __init__(self, key: str, *, again: str | None = None, **values: object) -> None:
        super().__init__(key)
        self.said = Say(key, values)
        self.again = again
