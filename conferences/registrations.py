"""What this room tells the rooms below."""


def register_all() -> None:
    """Tabs, jobs, erasure: in the order in which they are looked up."""
