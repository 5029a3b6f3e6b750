"""The 593 features: a small index at start, details on first use, the relation graph."""
