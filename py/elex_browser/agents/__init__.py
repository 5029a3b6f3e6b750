"""The agents: what they know, how they choose an action, and how long they live."""
