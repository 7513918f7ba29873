"""The words the first pages begin with; an editor goes on from there. `%(name)s` is the organisation or the unit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    title: str
    lead: str = ""
    body: str = ""


HOME = {
    "sv": Words(
        "Välkommen till %(name)s",
        "Här berättar våra förskolor vad barnen utforskar, för dem som hör till.",
        "<p>Det som händer på förskolan är värt att minnas. Pedagogerna skriver ner det och delar det med varje barns "
        "egen familj, och med ingen annan.</p>",
    ),
    "nb": Words(
        "Velkommen til %(name)s",
        "Her forteller barnehagene våre hva barna utforsker, til dem som hører til.",
        "<p>Det som skjer i barnehagen, er verdt å huske. Pedagogene skriver det ned og deler det med hvert barns egen "
        "familie, og med ingen andre.</p>",
    ),
    "en": Words(
        "Welcome to %(name)s",
        "Here our preschools tell what the children explore, to those who belong to them.",
        "<p>What happens at preschool is worth remembering. The teachers write it down and share it with each child’s "
        "own family, and with nobody else.</p>",
    ),
}

NEWS = {
    "sv": Words("Nyheter", "Det som är nytt hos oss."),
    "nb": Words("Nyheter", "Det som er nytt hos oss."),
    "en": Words("News", "What is new with us."),
}

FIRST_NEWS = {
    "sv": Words(
        "Nu finns lärloggen",
        "Våra förskolor skriver från och med nu i lärloggen.",
        "<p>När rektorn har öppnat sidorna för dig loggar du in med din e-legitimation. Då ser du ditt eget barns "
        "logg, på svenska, norska eller engelska.</p>",
    ),
    "nb": Words(
        "Nå er læringsloggen her",
        "Barnehagene våre skriver fra nå av i læringsloggen.",
        "<p>Når styreren har åpnet sidene for deg, logger du inn med din e-ID. Da ser du ditt eget barns logg, på "
        "svensk, norsk eller engelsk.</p>",
    ),
    "en": Words(
        "The learning log is here",
        "From now on our preschools write in the learning log.",
        "<p>When the head has opened the pages for you, you sign in with your e-ID. Then you see your own child’s log, "
        "in Swedish, Norwegian or English.</p>",
    ),
}

GUIDANCE = {
    "sv": Words(
        "Så arbetar vi med lärloggen",
        "Vem som ser vad, och varför.",
        "<h2>Bara den egna familjen</h2><p>En familj ser sitt eget barns logg. Andra barn i gruppen nämns aldrig vid "
        "namn.</p><h2>Bilder</h2><p>En bild visas bara för den som är vårdnadshavare för alla som syns på den.</p>"
        "<h2>Ni kan svara</h2><p>Under varje inlägg kan ni skriva till personalen, och ni kan själva berätta "
        "hemifrån.</p>",
    ),
    "nb": Words(
        "Slik arbeider vi med læringsloggen",
        "Hvem som ser hva, og hvorfor.",
        "<h2>Bare egen familie</h2><p>En familie ser sitt eget barns logg. Andre barn i gruppen nevnes aldri ved "
        "navn.</p><h2>Bilder</h2><p>Et bilde vises bare for den som er foresatt for alle som synes på det.</p>"
        "<h2>Dere kan svare</h2><p>Under hvert innlegg kan dere skrive til personalet, og dere kan selv fortelle "
        "hjemmefra.</p>",
    ),
    "en": Words(
        "How we work with the learning log",
        "Who sees what, and why.",
        "<h2>Only the own family</h2><p>A family sees its own child’s log. Other children of the group are never "
        "named.</p><h2>Pictures</h2><p>A picture is shown only to the guardians of everyone who can be recognised in "
        "it.</p><h2>You can answer</h2><p>Under each entry you can write to the staff, and you can tell something from "
        "home yourselves.</p>",
    ),
}

PRESCHOOL = {
    "sv": Words("%(name)s", "En förskola där barnen utforskar tillsammans."),
    "nb": Words("%(name)s", "En barnehage der barna utforsker sammen."),
    "en": Words("%(name)s", "A preschool where the children explore together."),
}

SCHOOL = {
    "sv": Words("%(name)s", "En skola som tar emot våra förskolebarn."),
    "nb": Words("%(name)s", "En skole som tar imot barnehagebarna våre."),
    "en": Words("%(name)s", "A school that receives our preschool children."),
}
