"""Readers of measurements, one per format: results by counter, object and period."""
