"""Network data that the user loads: configurations, measurements, and what follows from them."""
