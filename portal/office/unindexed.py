"""Wagtail's index of references and its search never see a model of the rooms that hold people and children."""

from django.apps import apps

# Everything but the office's own material: editorial pages and pictures (portal) and the public text (curriculum).
ROOMS = ("ground", "people", "visibility", "media_policy", "access", "learninglog", "conferences", "transfers")


def keep_out() -> None:
    """Mark every model of these rooms as nothing that the reference index may follow, not even by accident."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            model.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
