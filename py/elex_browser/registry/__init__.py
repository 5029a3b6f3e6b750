"""The agents as a set: made, listed, stored, kept within the memory budget."""
