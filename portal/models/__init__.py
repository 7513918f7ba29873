from portal.models.editorial import EditorialDocument, EditorialImage, EditorialRendition

__all__ = ["EditorialDocument", "EditorialImage", "EditorialRendition"]
