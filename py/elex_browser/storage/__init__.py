"""Where learning is kept between two visits."""
