"""Stories: transcripts of chats as tests. A strict reader, a player, and the stage it plays on."""
