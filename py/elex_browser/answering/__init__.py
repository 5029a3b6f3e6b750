"""What is said: how an agent answers, from facts to sections and wording."""
