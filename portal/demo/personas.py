"""Who one can be in the demo, and what each shows. The people themselves are made by the demo world."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visibility.viewer import Hat

Words = str | Promise


@dataclass(frozen=True)
class Persona:
    """One way into the demo: a person under one hat."""

    slug: str
    name: str
    hat: Hat
    role: Words
    shows: Words


@dataclass(frozen=True)
class Part:
    heading: Words
    icon: str
    personas: tuple[Persona, ...]


PARTS = (
    Part(
        _("At home"),
        "home",
        (
            Persona("astrid", "Astrid", Hat.GUARDIAN, _("Alma’s mother"), _("Reads Alma’s log and writes from home.")),
            Persona(
                "anders",
                "Anders",
                Hat.GUARDIAN,
                _("Alma’s father, in another home"),
                _("Not activated by the head yet: nothing is open to him."),
            ),
            Persona(
                "birger",
                "Birger",
                Hat.GUARDIAN,
                _("Bo’s father"),
                _("Is in the same group as Alma, and never learns who she is."),
            ),
            Persona(
                "ines", "Ines", Hat.GUARDIAN, _("Mother of a child here"), _("Off duty: reads her own child’s log.")
            ),
            Persona(
                "stranger", "Sten", Hat.GUARDIAN, _("Tied to nobody"), _("Signed in, and finds nothing at any address.")
            ),
        ),
    ),
    Part(
        _("At the preschool"),
        "leaf",
        (
            Persona(
                "cecilia", "Cecilia", Hat.STAFF, _("Pedagogue"), _("Takes pictures, writes, shares, answers the homes.")
            ),
            Persona(
                "ines",
                "Ines",
                Hat.STAFF,
                _("Pedagogue, with a child in her own group"),
                _("At work: her own child’s threads and notes stay closed to her."),
            ),
            Persona(
                "siri",
                "Siri",
                Hat.STAFF,
                _("Substitute with a pass for today"),
                _("Works in the group until the pass runs out."),
            ),
            Persona(
                "frans",
                "Frans",
                Hat.STAFF,
                _("Special educator"),
                _("Sees the children he works with, by name, and no others."),
            ),
            Persona(
                "eva",
                "Eva",
                Hat.STAFF,
                _("Head"),
                _("Opens envelopes, keeps the team, signs the month; drafts are not hers."),
            ),
            Persona(
                "david",
                "David",
                Hat.STAFF,
                _("Taught here until five months ago"),
                _("His duty has ended, and with it everything he could see."),
            ),
        ),
    ),
    Part(
        _("At the school"),
        "school",
        (
            Persona(
                "gun",
                "Gun",
                Hat.SCHOOL,
                _("Class teacher at the school"),
                _("Reads of those whose guardians have said yes; of Alma nothing, until they do."),
            ),
        ),
    ),
    Part(
        _("At the office"),
        "settings",
        (
            Persona(
                "olga",
                "Olga",
                Hat.STAFF,
                _("Owner’s officer"),
                _("Sees who has signed the month and who has not; reads no log."),
            ),
            Persona(
                "office",
                "Olle",
                Hat.OFFICE,
                _("Communicator"),
                _("Edits public pages, guidance and frameworks; no child is reachable."),
            ),
        ),
    ),
)


def find(slug: str, hat: str = "") -> Persona | None:
    """The persona of this slug; under the named hat, else under the first it has."""
    ways = [persona for part in PARTS for persona in part.personas if persona.slug == slug]
    return next((persona for persona in ways if not hat or persona.hat == hat), None)
