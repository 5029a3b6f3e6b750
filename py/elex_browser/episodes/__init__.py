"""Questions that were answered and rated: kept, found again, and what they say about new ones."""
