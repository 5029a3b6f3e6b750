"""What becomes of dist/: a server for it, packages, one HTML file."""
