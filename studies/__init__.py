"""What fits the shipped numbers and measures how good they are; nothing here is needed to build."""
