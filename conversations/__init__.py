"""What a chat asks of the desk: flows, buttons, cards."""
