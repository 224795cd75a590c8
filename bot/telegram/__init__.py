"""The channel Telegram: a bot in private chats."""
