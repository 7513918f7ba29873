"""Who works where, as the head and the owner keep it: duties, passes, shared devices, and the page of each."""
