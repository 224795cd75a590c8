"""One dialog a file: coroutines that ask, pure functions of answers and frozen facts."""
