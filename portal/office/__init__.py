"""The office: Wagtail's admin, for people of the office alone, with nothing in it that is about a child."""
