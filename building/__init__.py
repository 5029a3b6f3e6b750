"""The steps of build.py: standard library only, because they run before anything is installed."""
