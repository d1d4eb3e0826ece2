"""The map: projection, outlines, labels, and what is drawn on it."""
