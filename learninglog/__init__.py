"""Entries from a teacher's hand to the right families: drafts, sharing, renditions, threads, words from home, tray."""
