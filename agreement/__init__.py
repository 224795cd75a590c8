"""The agreement as plain Python: lifecycle, promises, terms, penalties. No I/O, no clock, no ORM."""
