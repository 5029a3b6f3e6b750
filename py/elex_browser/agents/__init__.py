"""One agent's life: what it does with a question, learns from a rating, and how it recovers."""
