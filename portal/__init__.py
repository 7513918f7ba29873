"""The doors' start pages, the public site, the office's lock-down and the demo."""
