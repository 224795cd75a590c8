"""The calendar as the house keeps it: editions taken in, promises counted anew, warnings, the command."""
