"""What this room tells the rooms below."""


def register_all() -> None:
    """Tabs, jobs, erasure: in the order in which they are looked up."""
    from datetime import timedelta

    from access import notices
    from conferences import panels, reminders
    from conferences.erasure import erase_child
    from conferences.services import moving
    from ground import jobs
    from people import erasure

    erasure.register("conferences", erase_child)
    jobs.register("conferences: close those of children who moved", timedelta(hours=1), moving.close_moved)
    panels.register_all()
    notices.register("times for talks", reminders.about_times)
