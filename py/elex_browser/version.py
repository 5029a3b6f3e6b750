"""The version of this package, as pyproject.toml and package.json have it."""

__version__ = "0.1.0"
