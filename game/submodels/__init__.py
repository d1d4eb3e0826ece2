"""Submodels: quantities that several rules and policies derive from a world, one file each."""
