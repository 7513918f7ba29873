"""What somebody said on paper or in person, written down by the head; whatever asks a guardian something can use it."""
