"""The WeChat service account against the double of its platform."""
