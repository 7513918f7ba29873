"""Ways in, and what the system tells people by mail; the head's and the owner's screens come here."""
