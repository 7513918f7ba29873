"""What this room tells the rooms below: the holders of pictures and the jobs that run by themselves."""


def register_all() -> None:
    from datetime import timedelta

    from access import endings
    from access.team import tray as tablets
    from ground import jobs
    from learninglog import clips, panels, pictures, tablet
    from learninglog.erasure import erase_child
    from learninglog.services import clips as clip_services
    from learninglog.services import composing, tray
    from media_policy import holders
    from media_policy.clips import targets
    from people import erasure

    holders.register("entries", pictures.held_by_entries, about=pictures.about_entries, quick=pictures.own_by_entries)
    holders.register("words from home", pictures.held_by_words)
    holders.register("tray", pictures.held_by_tray)
    holders.clips.register("entries", clips.held_by_entries, about=clips.about_entries)
    targets.register("entry", clip_services.target)
    erasure.register("learning log", erase_child)
    endings.register(composing.forget_keys)
    tablets.register(tablet.take_picture)
    jobs.register("tray: sweep", timedelta(hours=6), tray.sweep_tray)
    jobs.register("composer: keys of unsent words", timedelta(hours=1), composing.sweep_keys)
    panels.register_all()
