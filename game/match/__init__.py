"""One game as a value: its setup, its turns so far, and how a turn is taken by people and policies."""
