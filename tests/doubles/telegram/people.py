"""People with Telegram on their phones, and the one bot: as the Bot API writes them."""

from dataclasses import dataclass

BOT = {"id": 123456789, "is_bot": True, "first_name": "应诺", "username": "yingnuo_bot"}


@dataclass
class Person:
    """One account. A private chat has the id of its person."""

    id: int
    name: str
    language: str = "zh-hans"
    refused: str = ""  # why what is sent to this person does not arrive
    has_started: bool = True  # a bot cannot write first

    @property
    def account(self) -> str:
        return str(self.id)

    def user(self) -> dict[str, object]:
        """As sender."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def chat(self) -> dict[str, object]:
        """The private chat with the bot."""
        return {"id": self.id, "first_name": self.name, "type": "private"}
