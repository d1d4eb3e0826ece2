"""What is explained to a person: what is still open, why something is not possible, why a game is over."""
