"""The channel WeChat: a certified service account."""
