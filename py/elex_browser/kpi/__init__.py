"""KPIs: formulas over counters and what they give."""
