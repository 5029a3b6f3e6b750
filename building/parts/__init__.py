"""What dist/ is put together from, each part with the steps that make it, and the site itself."""
