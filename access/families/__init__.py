"""Who of a child's adults has access, on what ground: the head's work and the guardians' side of it."""
