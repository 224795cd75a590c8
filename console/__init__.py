"""Pages beside the chats, opened by signed links: what a screen or a sheet of paper shows better."""
