"""The measured claims of the README, each a command: `make bench` runs them all."""
