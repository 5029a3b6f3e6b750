"""Readers of configurations, one per format: objects with their values."""
