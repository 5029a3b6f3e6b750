"""Texts below any meaning: words, spelling, tokens, nesting."""
