"""How questions find their feature: weights, thresholds, the table of figures, times."""
