"""The reading log as people read it: lines in words, why a line could be, asking about it, holding it back."""
