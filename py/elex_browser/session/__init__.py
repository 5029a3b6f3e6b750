"""One opened instance at work: asking, rating, loading, and what can wait."""
