"""What rated questions do for later ones."""
