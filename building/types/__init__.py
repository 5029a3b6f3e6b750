"""TypeScript declarations made from the sources, so that they cannot drift."""
