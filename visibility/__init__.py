"""The rule: who may see or do what with a child's material, and the log of who read it."""
