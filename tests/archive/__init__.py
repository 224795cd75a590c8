"""The archive: sealed, exported, verified by a file that knows nothing of the house."""
