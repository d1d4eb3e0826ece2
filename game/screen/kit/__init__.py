"""What screens are built from: shapes, widgets, panes, plots. Pure values."""
