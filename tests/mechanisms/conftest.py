"""The mechanism on trial registers itself when it is imported: only its own test may import it."""

collect_ignore = ["quiz.py"]
