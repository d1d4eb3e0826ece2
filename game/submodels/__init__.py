"""Submodels: what several rules and policies work out alike, one file each; kernels over one world."""
