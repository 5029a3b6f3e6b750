"""The table of word vectors, distilled from a sentence encoder."""
