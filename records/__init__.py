"""What a printer asks of the desk: the records of the agreement, written and sealed."""
