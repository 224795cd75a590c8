"""The double of Telegram: phones, queues of updates, and the Bot API. No library of bots inside: it would share
its mistakes with the desk."""

from tests.doubles.telegram.platform import TelegramPlatform

__all__ = ["TelegramPlatform"]
