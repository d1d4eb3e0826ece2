"""Measures: what can be read off worlds from outside, a batch at a time, by the kernels that the rules use."""
