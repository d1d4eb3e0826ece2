"""The commands, one a file: its docstring's first line is its line in the list, its `command` is what runs."""
