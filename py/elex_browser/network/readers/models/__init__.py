"""Readers of models, one per format: classes, attributes and what is said of them."""
