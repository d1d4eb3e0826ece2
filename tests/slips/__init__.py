"""A corpus of the slips authors make: each is one edit to a faultless file, with what a good answer says of it."""
