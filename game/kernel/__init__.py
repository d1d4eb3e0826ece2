"""The kernel: what a world is, what may be ordered, and what a turn leaves behind. Values and arithmetic only."""
