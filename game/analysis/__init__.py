"""Arrays in, arrays out: what the numbers of a game mean."""
