"""What the matrix's conditions mean for conferences and what hangs on them."""


def register_all() -> None:
    """Make the Kinds of this room known to the rule."""
