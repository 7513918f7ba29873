"""Terms of use: asked before reading, accepted or declined; what never waits for them is open either way."""
