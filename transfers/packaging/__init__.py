"""A package that any school can open, and anybody can verify, without this system."""
