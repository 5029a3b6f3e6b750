"""What is asked, and of whom: a question, its kind, its intent and its subjects."""
