"""Search by bigrams made in Python: one stored column serves Chinese on both databases."""

import unicodedata


def bigrams(text: str) -> str:
    """Every pair of neighbouring letters or characters, folded, once, separated by blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(char if char.isalnum() else " " for char in folded).split()
    pairs = [word[start : start + 2] for word in words for start in range(max(1, len(word) - 1))]
    return " ".join(dict.fromkeys(pairs))
