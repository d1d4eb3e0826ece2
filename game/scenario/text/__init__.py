"""From the text of a file to a tree of nodes that know their place."""
