"""Facts with dates: who is who, and since when. No rules live here."""
