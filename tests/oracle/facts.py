"""Everything the oracle may look at: the tables as plain lists of plain rows, read once, with no rule in between."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.apps import apps

TABLES = {
    "organisations": "people.Organisation",
    "units": "people.Unit",
    "groups": "people.Group",
    "openings": "people.GroupOpening",
    "persons": "people.Person",
    "children": "people.Child",
    "guardianships": "people.Guardianship",
    "homes": "people.Home",
    "home_memberships": "people.HomeMembership",
    "lifts": "people.OwnChildLift",
    "answers": "people.Answer",
    "question_settings": "people.QuestionSetting",
    "rounds": "people.Round",
    "round_children": "people.RoundChild",
    "placements": "people.Placement",
    "memberships": "people.GroupMembership",
    "duties": "people.Duty",
    "leaves": "people.DutyLeave",
    "assignments": "people.GroupAssignment",
    "named": "people.NamedChild",
    "passes": "people.Pass",
    "responsible": "people.ResponsibleTeacher",
    "conferences": "conferences.Conference",
    "conference_sides": "conferences.Side",
    "field_values": "conferences.FieldValue",
    "materials": "conferences.Material",
    "conference_versions": "conferences.Version",
    "recorded_fields": "conferences.RecordedField",
    "recorded_materials": "conferences.RecordedMaterial",
    "agreements": "conferences.Agreement",
    "talks": "conferences.Talk",
    "offers": "conferences.Offer",
    "free_times": "conferences.FreeTime",
    "devices": "access.Device",
    "reviews": "access.Review",
    "recordings": "access.Recording",
    "recorded_pages": "access.RecordedPage",
    "correction_requests": "learninglog.CorrectionRequest",
    "entries": "learninglog.Entry",
    "entry_children": "learninglog.EntryChild",
    "quotes": "learninglog.Quote",
    "entry_pictures": "learninglog.EntryPicture",
    "versions": "learninglog.SharedVersion",
    "version_children": "learninglog.VersionChild",
    "version_pictures": "learninglog.VersionPicture",
    "version_subjects": "learninglog.VersionSubject",
    "entry_clips": "learninglog.EntryClip",
    "version_clips": "learninglog.VersionClip",
    "version_clip_subjects": "learninglog.VersionClipSubject",
    "audience": "learninglog.VersionAudience",
    "publications": "learninglog.Publication",
    "goal_links": "curriculum.GoalLink",
    "plans": "learninglog.Plan",
    "plan_entries": "learninglog.PlanEntry",
    "reflections": "learninglog.Reflection",
    "threads": "learninglog.Thread",
    "words": "learninglog.HomeWords",
    "words_pictures": "learninglog.HomeWordsPicture",
    "tray": "learninglog.TrayItem",
    "tray_pictures": "learninglog.TrayPicture",
    "handovers": "transfers.Handover",
    "open_windows": "transfers.OpenWindow",
    "transfer_settings": "transfers.TransferSetting",
    "left_out": "transfers.LeftOut",
    "words_along": "transfers.WordsAlong",
    "pictures": "media_policy.Picture",
    "subjects": "media_policy.PictureSubject",
    "clips": "media_policy.Clip",
    "clip_subjects": "media_policy.ClipSubject",
    "clip_uploads": "media_policy.ClipUpload",
}


class Row(SimpleNamespace):
    """One row; the columns are attributes, a foreign key is `name_id`."""

    def __hash__(self) -> int:
        return hash(self.id)


class Facts:
    """`facts.children`, `facts.duties` … as lists; `facts.one("units", 3)` is the unit with that key."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self._by_key = {name: {row.id: row for row in rows} for name, rows in tables.items()}
        self.__dict__.update(tables)

    def __getattr__(self, name: str) -> list[Row]:
        raise AttributeError(name)

    def one(self, table: str, key: int) -> Row:
        return self._by_key[table][key]


def read() -> Facts:
    """All tables as they stand in the database now."""
    return Facts({name: list(_rows(label)) for name, label in TABLES.items()})


def _rows(label: str) -> Iterable[Row]:
    model: Any = apps.get_model(label)
    # The plain manager: no adjective of ours may stand between the oracle and the table.
    return [Row(**values) for values in model._base_manager.order_by("pk").values()]
