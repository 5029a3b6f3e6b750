"""Tabular Q-learning: table, policy, reward, merging; knows neither browser nor radio."""
