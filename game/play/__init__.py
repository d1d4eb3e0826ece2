"""A game in progress behind a window or a terminal: commands in, snapshots out."""
