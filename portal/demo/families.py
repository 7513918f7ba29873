"""The children of Lindby and their families, one line each: who, how old, in which group, with what kind of family.

An adult who is named on two lines is one person: the children are siblings.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    JOINED = "two legal guardians who read together"
    TWO_HOMES = "two legal guardians in two homes"
    SEPARATED = "two legal guardians who read together until they moved apart"
    ONE = "one legal guardian"
    WAITING = "a second legal guardian whom the head has not activated"
    CARER = "the last named is a close carer"
    OTHER = "the last named is a parent without parental responsibility"
    ENDED = "the last named is a close carer whose tie has ended"
    INACTIVE = "the last named was made inactive"


@dataclass(frozen=True)
class Family:
    """`adults` are written "Name Surname: what the child calls them", legal guardians first."""

    given: str
    surname: str
    age: float
    group: str
    kind: Kind
    adults: tuple[str, ...]
    # First days and moves: the group before the last autumn term, "school" for who went there then, or "away" for who
    # has left every unit.
    before: str = ""
    in_small: bool = False


def _of(group: str, *rows: tuple[str, str, float, Kind, tuple[str, ...]], small: int = 0) -> tuple[Family, ...]:
    return tuple(
        Family(given, surname, age, group, kind, adults, in_small=number < small)
        for number, (given, surname, age, kind, adults) in enumerate(rows)
    )


GRANEN = _of(
    "Granen",
    ("Alma", "Berg", 5.7, Kind.WAITING, ("Astrid Berg: mamma", "Anders Alm: pappa")),
    ("Bo", "Carlsson", 5.4, Kind.JOINED, ("Birger Carlsson: pappa", "Britta Carlsson: mamma")),
    ("Tyra", "Dahl", 4.8, Kind.TWO_HOMES, ("Tora Dahl: mamma", "Ture Lindgren: pappa")),
    ("Elsa", "Ek", 4.3, Kind.JOINED, ("Ines Ek: mamma", "Måns Ek: pappa")),
    ("Noor", "Haddad", 4.9, Kind.JOINED, ("Layla Haddad: mamma", "Yusuf Haddad: pappa")),
    ("Sami", "Niemi", 3.6, Kind.ONE, ("Päivi Niemi: mamma",)),
    ("Wilma", "Öberg", 5.2, Kind.CARER, ("Lotta Öberg: mamma", "Gunnel Öberg: mormor")),
    ("Loke", "Strand", 4.1, Kind.SEPARATED, ("Hanna Strand: mamma", "Jonas Strand: pappa")),
    ("Ingrid", "Falk", 3.9, Kind.OTHER, ("Maria Falk: mamma", "Petra Sjö: mami")),
    ("Ossian", "Hed", 3.4, Kind.ENDED, ("Klara Hed: mamma", "Ivar Hed: pappa", "Folke Hed: farfar")),
    ("Amina", "Warsame", 5.5, Kind.INACTIVE, ("Hodan Warsame: mamma", "Abdi Warsame: pappa")),
    ("Filip", "Nordin", 4.5, Kind.TWO_HOMES, ("Sanna Nordin: mamma", "Peder Nordin: pappa")),
    small=12,
)
TALLEN = _of(
    "Tallen",
    ("Viggo", "Dahl", 3.1, Kind.TWO_HOMES, ("Tora Dahl: mamma", "Ture Lindgren: pappa")),
    ("Milo", "Falk", 5.6, Kind.OTHER, ("Maria Falk: mamma", "Petra Sjö: mami")),
    ("Agnes", "Lund", 5.1, Kind.JOINED, ("Kajsa Lund: mamma", "Nils Lund: pappa")),
    ("Leo", "Andersson", 4.7, Kind.JOINED, ("Malin Andersson: mamma", "Johan Andersson: pappa")),
    ("Zeynep", "Kaya", 4.4, Kind.JOINED, ("Elif Kaya: mamma", "Emre Kaya: pappa")),
    ("Harald", "Sten", 3.8, Kind.ONE, ("Moa Sten: mamma",)),
    ("Majken", "Rydberg", 5.3, Kind.TWO_HOMES, ("Ulrika Rydberg: mamma", "Daniel Frisk: pappa")),
    ("Teodor", "Åkesson", 3.3, Kind.JOINED, ("Frida Åkesson: mamma", "Karl Åkesson: pappa")),
    ("Alva", "Hult", 4.2, Kind.WAITING, ("Sara Hult: mamma", "Rikard Hult: pappa")),
    ("Emil", "Wikman", 3.5, Kind.CARER, ("Jenny Wikman: mamma", "Olof Wikman: pappa", "Rut Wikman: farmor")),
)
KLOVERN = _of(
    "Klövern",
    ("Nova", "Blom", 4.6, Kind.JOINED, ("Therese Blom: mamma", "Fredrik Blom: pappa")),
    ("Ludvig", "Ström", 5.0, Kind.TWO_HOMES, ("Camilla Ström: mamma", "Henrik Ström: pappa")),
    ("Selma", "Hägg", 3.7, Kind.JOINED, ("Emma Hägg: mamma", "Lisa Hägg: mami")),
    ("Adam", "Saleh", 4.9, Kind.JOINED, ("Rana Saleh: mamma", "Omar Saleh: pappa")),
    ("Stina", "Wallin", 2.9, Kind.ONE, ("Per Wallin: pappa",)),
    ("Charlie", "Norberg", 4.0, Kind.JOINED, ("Anna Norberg: mamma", "Erik Norberg: pappa")),
    ("Maja", "Sandell", 3.2, Kind.SEPARATED, ("Linda Sandell: mamma", "Mats Sandell: pappa")),
    ("Otto", "Lindahl", 5.3, Kind.JOINED, ("Karolina Lindahl: mamma", "Oskar Lindahl: pappa")),
    ("Freja", "Holst", 4.3, Kind.JOINED, ("Ingeborg Holst: mamma", "Sigurd Holst: pappa")),
    ("Ali", "Rahimi", 3.0, Kind.ENDED, ("Shirin Rahimi: mamma", "Navid Rahimi: pappa", "Mona Karlsson: extramormor")),
)
BLAKLINTEN = _of(
    "Blåklinten",
    ("Vera", "Blom", 2.6, Kind.JOINED, ("Therese Blom: mamma", "Fredrik Blom: pappa")),
    ("Hugo", "Palm", 5.2, Kind.JOINED, ("Josefin Palm: mamma", "Anton Palm: pappa")),
    ("Lova", "Engström", 4.8, Kind.TWO_HOMES, ("Helena Engström: mamma", "Magnus Borg: pappa")),
    ("Elias", "Nguyen", 4.4, Kind.JOINED, ("Linh Nguyen: mamma", "Minh Nguyen: pappa")),
    ("Edith", "Kvist", 3.9, Kind.JOINED, ("Ellen Kvist: mamma", "Gustav Kvist: pappa")),
    ("Noah", "Sjögren", 5.4, Kind.WAITING, ("Elin Sjögren: mamma", "Tobias Krans: pappa")),
    ("Tuva", "Broman", 3.3, Kind.ONE, ("Stefan Broman: pappa",)),
    ("Isak", "Lööf", 4.1, Kind.CARER, ("Marie Lööf: mamma", "Bengt Lööf: morfar")),
    ("Luna", "García", 3.6, Kind.JOINED, ("Lucía García: mamma", "Pablo García: pappa")),
    ("Melker", "Ahl", 4.7, Kind.TWO_HOMES, ("Cajsa Ahl: mamma", "Viktor Dunder: pappa")),
    small=3,
)
SNACKAN = _of(
    "Snäckan",
    ("Signe", "Holst", 2.4, Kind.JOINED, ("Ingeborg Holst: mamma", "Sigurd Holst: pappa")),
    ("Arvid", "Ljung", 5.1, Kind.JOINED, ("Annika Ljung: mamma", "Martin Ljung: pappa")),
    ("Saga-Li", "Chen", 4.5, Kind.JOINED, ("Mei Chen: mamma", "Wei Chen: pappa")),
    ("Vilgot", "Ros", 4.0, Kind.TWO_HOMES, ("Katja Ros: mamma", "Simon Ros: pappa")),
    ("Meja", "Hansson", 3.4, Kind.JOINED, ("Ida Hansson: mamma", "Jakob Hansson: pappa")),
    ("Yasmin", "Farah", 4.9, Kind.ONE, ("Sahra Farah: mamma",)),
    ("Folke", "Granat", 5.5, Kind.OTHER, ("Åsa Granat: mamma", "Kim Vester: bonuspappa")),
    ("Ebba", "Lilja", 3.7, Kind.JOINED, ("Sofia Lilja: mamma", "Rasmus Lilja: pappa")),
    ("Nils", "Bratt", 4.3, Kind.JOINED, ("Eva-Lena Bratt: mamma", "Kjell Bratt: pappa")),
)
MASEN = _of(
    "Måsen",
    ("Iris", "Palm", 2.2, Kind.JOINED, ("Josefin Palm: mamma", "Anton Palm: pappa")),
    ("William", "Ek", 2.7, Kind.JOINED, ("Ines Ek: mamma", "Måns Ek: pappa")),
    ("Hedda", "Krok", 1.9, Kind.JOINED, ("Johanna Krok: mamma", "Björn Krok: pappa")),
    ("Matteo", "Rossi", 2.5, Kind.TWO_HOMES, ("Chiara Rossi: mamma", "Luca Rossi: pappa")),
    ("Lykke", "Vinge", 1.6, Kind.ONE, ("Disa Vinge: mamma",)),
    ("Sixten", "Moberg", 2.3, Kind.JOINED, ("Cornelia Moberg: mamma", "Arne Moberg: pappa")),
    ("Aisha", "Bello", 2.8, Kind.CARER, ("Grace Bello: mamma", "Samuel Bello: pappa", "Monica Bello: mormor")),
)
# These went to school when the last autumn term began; their families still read.
AT_SCHOOL = tuple(
    Family(given, surname, age, "Tallen", kind, adults, before="school")
    for given, surname, age, kind, adults in (
        ("Tage", "Lund", 6.6, Kind.JOINED, ("Kajsa Lund: mamma", "Nils Lund: pappa")),
        ("Lilly", "Öst", 6.4, Kind.TWO_HOMES, ("Veronica Öst: mamma", "Patrik Dal: pappa")),
    )
)
# And this one moved on to somewhere else; her family has been told until when it can read.
AWAY = (
    Family("Kerstin", "Carlsson", 7.2, "Granen", Kind.JOINED, ("Birger Carlsson: pappa", "Britta Carlsson: mamma"),
           before="away"),
)  # fmt: skip
FAMILIES = (*GRANEN, *TALLEN, *KLOVERN, *BLAKLINTEN, *SNACKAN, *MASEN, *AT_SCHOOL, *AWAY)

# Nobody has written about these two alone lately; the staff's page says so.
QUIET = ("Noor", "Sami")
# Their homes have not opened the log for weeks.
NOT_REACHED = ("Sami", "Harald", "Stina", "Tuva", "Yasmin", "Lykke")
# Families who would rather read in another language.
LANGUAGES = {
    "Grace Bello": "en",
    "Samuel Bello": "en",
    "Linh Nguyen": "en",
    "Ingeborg Holst": "nb",
    "Sigurd Holst": "nb",
}
