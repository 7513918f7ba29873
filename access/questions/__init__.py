"""Questions about pictures, film and sound: asked of legal guardians, answered at any time, counted at once."""
