"""Ways in: who may come in as what, how surely, for how long; by e-ID, or by an own password with a second factor."""
