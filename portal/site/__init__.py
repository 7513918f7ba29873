"""The first tree of public pages: made once, never written over."""
