"""What the start pages show, each read through the rule; no page of the doors asks the database by itself."""
