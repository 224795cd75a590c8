"""Telegram as a channel: what it reads, sends, refuses, confirms."""
