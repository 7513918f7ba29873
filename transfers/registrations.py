"""What this room tells the rooms below."""


def register_all() -> None:
    """Kinds, jobs, erasure, what holds pictures: in the order in which they are looked up."""
    from datetime import timedelta

    from access import notices
    from access.families import unnamed
    from access.readings import words as reading_words
    from access.signing import hats
    from ground import jobs
    from media_policy import holders
    from people import endings, erasure
    from transfers import kinds, media, receivers
    from transfers.erasure import erase_child
    from transfers.services import handovers, hiding, packages
    from visibility.viewer import Hat

    kinds.register_all()
    reading_words.register(hiding.unnamed)
    unnamed.register(hiding.hidden_units)
    hats.register(Hat.SCHOOL, receivers.receives_at_preschool)
    erasure.register("transfers", erase_child)
    holders.pictures.register("transfers", media.pictures_shown, quick=media.shows_picture)
    holders.clips.register("transfers", media.clips_shown)
    jobs.register("transfers: follow the moves", timedelta(hours=1), handovers.follow)
    jobs.register("transfers: packages", timedelta(minutes=30), packages.sweep)
    endings.register("packages", packages.of_guardian_ended)
    notices.register("own copies", packages.about_own_copy)
