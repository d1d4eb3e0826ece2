"""The board: its map, its panels and its cards, each a function from the game to shapes."""
