"""The monthly review: what is odd about who has access, seen by the head, signed, and known to the owner."""
