"""What changes transfers and packages; each in one transaction."""
