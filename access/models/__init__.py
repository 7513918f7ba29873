from access.models.notices import NoticeChoice, NoticeMail

__all__ = [
    "NoticeChoice",
    "NoticeMail",
]
