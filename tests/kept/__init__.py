"""Whole desks as earlier releases left them: tables and open dialogs, which today's code takes over and goes on."""
