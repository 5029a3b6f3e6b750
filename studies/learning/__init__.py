"""How fast agents learn, by simulated users."""
