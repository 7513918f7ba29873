"""National ids as they are matched: however they are written, never in the clear."""

from ground.fields import keyed_hash

_DRESSING = str.maketrans("", "", " -\u2010\u2011\u2013")


def hash_of(national_id: str) -> str:
    """The keyed hash by which a person or child is found; registers and e-IDs differ in hyphens and blanks."""
    bare = national_id.translate(_DRESSING)
    return keyed_hash(bare, purpose="national-id") if bare else ""
