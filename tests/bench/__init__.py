"""Benchmarks: what a user of the Python package waits for, in Chromium, against what else there is."""
