"""The window: scenes as values, drawn by three modules that alone know pygame."""
