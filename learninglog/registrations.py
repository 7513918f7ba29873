"""What this room tells the rooms below: the holders of pictures and the jobs that run by themselves."""


def register_all() -> None:
    from learninglog import panels, pictures
    from media_policy import holders

    holders.register("entries", pictures.held_by_entries)
    holders.register("words from home", pictures.held_by_words)
    holders.register("tray", pictures.held_by_tray)
    panels.register_all()
