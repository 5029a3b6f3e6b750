"""Search over texts and vectors; knows no words of radio networks."""
