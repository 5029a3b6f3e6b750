"""What is written about each feature, and how a question finds its feature."""
