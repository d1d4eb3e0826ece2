"""From a tree to a scenario: one file for each part of the format."""
