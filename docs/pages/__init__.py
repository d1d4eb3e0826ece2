"""The reference pages, one module a kind of thing: each gives the text of its pages by the name of their file."""
