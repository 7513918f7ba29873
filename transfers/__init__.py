"""Twelve months of a child's log to the receiving school, only if every guardian said yes."""
