"""Who works in Lindby: the personas among them, and the colleagues around them."""

from dataclasses import dataclass

from people.models import Duty

Role = Duty.Role


@dataclass(frozen=True)
class Job:
    """`unit` is "" for the owner's own roles. `ended` and `since` are days ago; `login` names a persona."""

    name: str
    role: str
    unit: str
    groups: tuple[str, ...] = ()
    login: str = ""
    since: int = 900
    ended: int | None = None
    on_leave: bool = False


@dataclass(frozen=True)
class Place:
    name: str
    kind: str
    phone: str
    address: str
    groups: tuple[tuple[str, str], ...]


CLUB, SUMMER, SCHOOL_CLASS = "Femårsklubben", "Sommarlägret", "Förskoleklass F"
PLACES = (
    Place("Skogsgläntan", "preschool", "0123-45 60 00", "Tallstigen 4",
          (("Granen", "department"), ("Tallen", "department"), (CLUB, "club"), (SUMMER, "summer"))),
    Place("Ängen", "preschool", "0123-45 61 00", "Kornvägen 12",
          (("Klövern", "department"), ("Blåklinten", "department"))),
    Place("Strandviken", "preschool", "0123-45 62 00", "Hamngatan 1",
          (("Snäckan", "department"), ("Måsen", "department"))),
    Place("Björkskolan", "school", "0123-45 63 00", "Skolbacken 2", ((SCHOOL_CLASS, "class"),)),
)  # fmt: skip
OPEN_GROUP = "Blåklinten"
# A child with protected identity goes here: the staff are reminded before they share pictures.
WITH_CHILDREN_OUTSIDE = ("Tallen", "Snäckan")

JOBS = (
    Job("Cecilia Sund", Role.PEDAGOGUE, "Skogsgläntan", ("Granen", CLUB), "cecilia"),
    Job("Karin Lundvall", Role.CHILDCARE_WORKER, "Skogsgläntan", ("Granen", SUMMER)),
    Job("Ines Ek", Role.PEDAGOGUE, "Skogsgläntan", ("Granen",), "ines", since=420),
    Job("David Roos", Role.PEDAGOGUE, "Skogsgläntan", ("Granen",), "david", ended=150),
    Job("Eva Holm", Role.HEAD, "Skogsgläntan", (), "eva"),
    Job("Frans Nyman", Role.SPECIAL_EDUCATOR, "Skogsgläntan", (), "frans"),
    Job("Mikael Dufva", Role.PEDAGOGUE, "Skogsgläntan", ("Tallen", CLUB, SUMMER)),
    Job("Yvonne Krantz", Role.CHILDCARE_WORKER, "Skogsgläntan", ("Tallen",)),
    Job("Samira Aziz", Role.PEDAGOGUE, "Skogsgläntan", ("Tallen",), on_leave=True),
    Job("Ulla Forsberg", Role.HEAD, "Ängen"),
    Job("Ulla Forsberg", Role.HEAD, "Strandviken"),
    Job("Hampus Lager", Role.PEDAGOGUE, "Ängen", ("Klövern",)),
    Job("Birgitta Malm", Role.CHILDCARE_WORKER, "Ängen", ("Klövern", "Blåklinten")),
    Job("Nadja Petrović", Role.PEDAGOGUE, "Ängen", ("Blåklinten",)),
    Job("Rickard Tun", Role.CHILDCARE_WORKER, "Ängen", ("Blåklinten",)),
    Job("Pia Sjöstrand", Role.PEDAGOGUE, "Strandviken", ("Snäckan",)),
    Job("Torbjörn Ask", Role.CHILDCARE_WORKER, "Strandviken", ("Snäckan", "Måsen")),
    Job("Leila Moradi", Role.PEDAGOGUE, "Strandviken", ("Måsen",)),
    Job("Gun Wik", Role.PEDAGOGUE, "Björkskolan", (SCHOOL_CLASS,), "gun"),
    Job("Staffan Bure", Role.HEAD, "Björkskolan"),
    Job("Olga Hjelm", Role.OWNERS_OFFICER, "", (), "olga"),
    Job("Rut Arkin", Role.RECORDS_KEEPER, ""),
    Job("Olle Kansli", Role.OFFICE, "", (), "office"),
)
LEAVE_BEGAN = 60
WENT_AWAY = 320
SUBSTITUTE = ("Siri Vik", "siri")
STRANGER = ("Sten Okänd", "stranger")
PERSONAS = {"Astrid Berg": "astrid", "Anders Alm": "anders", "Birger Carlsson": "birger"}
NAMED_BY_FRANS = ("Alma", "Sami")
