"""A cropped or covered picture: a picture of its own, made here from the master of another and kept by itself."""
