"""The hot loops: one interface, NumPy as the reference, and Rust behind it."""
