from portal.models.editorial import EditorialDocument, EditorialImage, EditorialRendition
from portal.models.pages import GuidancePage, NewsIndexPage, NewsPage, OrganisationPage, UnitPage
from portal.models.texts import PageText, SitePage

__all__ = [
    "EditorialDocument",
    "EditorialImage",
    "EditorialRendition",
    "GuidancePage",
    "NewsIndexPage",
    "NewsPage",
    "OrganisationPage",
    "PageText",
    "SitePage",
    "UnitPage",
]
