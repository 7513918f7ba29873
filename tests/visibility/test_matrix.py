"""Every Kind and action for the whole cast, against a table written by hand from what the product promises.

The table is text on purpose: it is read beside product.md, not beside the code. A kind, an action or a row that is not
in it fails, and so does a persona who sees more or less than their line says.
"""

from typing import Any

import pytest

from media_policy.models import Picture
from tests.visibility import rows
from tests.visibility.at_conferences import AT_CONFERENCES
from tests.visibility.at_plans import AT_PLANS
from tests.visibility.at_transfers import AT_TRANSFERS
from tests.visibility.at_units import AT_UNITS
from visibility import kinds, matrix, rule
from visibility.viewer import Hat

pytestmark = pytest.mark.django_db

TABLE = """
CHILD READ
  Alma | astrid mats ulf moa cecilia karin eva frans ines siri
  Bo | birger cecilia karin eva ines siri
  Elsa | ines-as-guardian cecilia karin eva siri
  Milo | eva
  Noor | lena
CHILD CONTACT
  Alma | astrid mats ulf moa cecilia karin eva frans ines siri
  Bo | birger cecilia karin eva frans ines siri
  Elsa | ines-as-guardian cecilia karin eva frans siri
  Milo | cecilia karin eva frans ines siri
  Noor | lena
CHILD CONTRIBUTE
  Alma | astrid mats ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD ACCESS
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
CHILD ACTIVATE
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
CHILD INACTIVATE
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
CHILD END
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
CHILD NAME
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor |
CHILD LIFT
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor |
CHILD TELL
  Alma | astrid ulf anders
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD CONSENT
  Alma | astrid ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD REFUSE
  Alma | astrid ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD ANSWER
  Alma | astrid ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD OBJECT
  Alma | astrid ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD LINES
  Alma | astrid mats ulf moa
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD OVERLOOK
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
CHILD JOIN
  Alma | astrid mats ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |

ENTRY READ
  draft about Bo | cecilia karin ines siri
  draft about Alma | cecilia karin ines siri frans
  draft about nobody | cecilia karin ines
  Siri's draft about nobody | cecilia karin ines siri
  Siri's draft about Bo | cecilia karin ines siri
  draft about Elsa alone | cecilia karin siri
  draft about Elsa and Bo | cecilia karin ines siri
  draft about Bo and Milo | cecilia karin ines siri
  shared about Alma | astrid mats ulf cecilia karin ines siri frans eva
  shared about Alma and Bo | astrid mats ulf birger cecilia karin ines siri frans eva
  shared about Elsa alone | ines-as-guardian cecilia karin siri eva
  shared about Elsa and Bo | ines-as-guardian birger cecilia karin ines siri eva
  Siri's about Bo, shared by Cecilia | birger cecilia karin ines siri eva
  withdrawn about Bo | cecilia karin ines siri eva
  shared about Alma and Tyra, Tyra taken off | astrid mats ulf tora cecilia karin ines siri frans eva
  shared about Noor in the other unit | lena
  shared about Alma in her old unit | astrid mats ulf
ENTRY WRITE
  draft about Bo | cecilia karin ines
  draft about Alma | cecilia karin ines
  draft about nobody | cecilia karin ines
  Siri's draft about nobody | cecilia karin ines siri
  Siri's draft about Bo | cecilia karin ines siri
  draft about Elsa alone | cecilia karin
  draft about Elsa and Bo | cecilia karin ines
  draft about Bo and Milo |
  shared about Alma | cecilia karin ines
  shared about Alma and Bo | cecilia karin ines
  shared about Elsa alone | cecilia karin
  shared about Elsa and Bo | cecilia karin ines
  Siri's about Bo, shared by Cecilia | cecilia karin ines
  withdrawn about Bo | cecilia karin ines
  shared about Alma and Tyra, Tyra taken off | cecilia karin ines
  shared about Noor in the other unit | lena
  shared about Alma in her old unit |
ENTRY SHARE
  draft about Bo | cecilia karin ines
  draft about Alma | cecilia karin ines
  draft about nobody |
  Siri's draft about nobody |
  Siri's draft about Bo | cecilia karin ines
  draft about Elsa alone | cecilia karin
  draft about Elsa and Bo | cecilia karin ines
  draft about Bo and Milo |
  shared about Alma | cecilia karin ines
  shared about Alma and Bo | cecilia karin ines
  shared about Elsa alone | cecilia karin
  shared about Elsa and Bo | cecilia karin ines
  Siri's about Bo, shared by Cecilia | cecilia karin ines
  withdrawn about Bo | cecilia karin ines
  shared about Alma and Tyra, Tyra taken off | cecilia karin ines
  shared about Noor in the other unit | lena
  shared about Alma in her old unit |
ENTRY WITHDRAW
  draft about Bo | cecilia ines
  draft about Alma | cecilia ines
  draft about nobody |
  Siri's draft about nobody |
  Siri's draft about Bo | cecilia ines
  draft about Elsa alone | cecilia
  draft about Elsa and Bo | cecilia ines
  draft about Bo and Milo | cecilia ines
  shared about Alma | cecilia ines eva
  shared about Alma and Bo | cecilia ines eva
  shared about Elsa alone | cecilia eva
  shared about Elsa and Bo | cecilia ines eva
  Siri's about Bo, shared by Cecilia | cecilia ines eva
  withdrawn about Bo | cecilia ines eva
  shared about Alma and Tyra, Tyra taken off | cecilia ines eva
  shared about Noor in the other unit | lena
  shared about Alma in her old unit |
ENTRY LEAVE_OUT
  draft about Bo | cecilia karin ines
  draft about Alma | cecilia karin ines
  draft about nobody |
  Siri's draft about nobody |
  Siri's draft about Bo | cecilia karin ines
  draft about Elsa alone | cecilia karin
  draft about Elsa and Bo | cecilia karin ines
  draft about Bo and Milo | cecilia karin ines
  shared about Alma | cecilia karin ines
  shared about Alma and Bo | cecilia karin ines
  shared about Elsa alone | cecilia karin
  shared about Elsa and Bo | cecilia karin ines
  Siri's about Bo, shared by Cecilia | cecilia karin ines
  withdrawn about Bo | cecilia karin ines
  shared about Alma and Tyra, Tyra taken off | cecilia karin ines
  shared about Noor in the other unit | lena
  shared about Alma in her old unit |

TRAY READ
  Cecilia's | cecilia karin ines siri
  Siri's | cecilia karin ines siri
TRAY WRITE
  Cecilia's | cecilia karin ines
  Siri's | cecilia karin ines siri

THREAD READ
  of Astrid's home | astrid mats cecilia karin ines frans eva
  of Ulf's home | ulf cecilia karin ines frans eva
  of Ines's home | ines-as-guardian cecilia karin eva
  under the withdrawn entry | cecilia karin ines eva
THREAD REPLY
  of Astrid's home | astrid mats cecilia karin ines
  of Ulf's home | ulf cecilia karin ines
  of Ines's home | ines-as-guardian cecilia karin
  under the withdrawn entry | cecilia karin ines

WORDS READ
  Astrid's for the home | astrid mats cecilia karin ines siri frans eva
  Astrid's for the preschool | astrid cecilia karin ines siri frans eva
  Ulf's before showing | ulf cecilia karin ines siri frans eva
  Ulf's shown to other homes | ulf astrid mats cecilia karin ines siri frans eva
  Ulf's for the preschool | ulf cecilia karin ines siri frans eva
  Ines's about Elsa | ines-as-guardian cecilia karin siri eva
  Birger's, withdrawn |
WORDS WITHDRAW
  Astrid's for the home | astrid
  Astrid's for the preschool | astrid
  Ulf's before showing | ulf
  Ulf's shown to other homes | ulf
  Ulf's for the preschool | ulf
  Ines's about Elsa | ines-as-guardian
  Birger's, withdrawn |

RECORDING READ
  Astrid's paper about Alma | eva
  Ines's paper about Elsa | eva
  Nora's paper about Noor | olga

PICTURE READ
  of Alma | astrid mats ulf cecilia karin ines siri frans eva
  of Alma and Bo | cecilia karin ines siri eva
  of nobody | astrid mats ulf birger cecilia karin ines siri frans eva
  unmarked | cecilia karin ines siri eva
  of Bo in a draft | cecilia karin ines siri
  of Elsa alone | ines-as-guardian cecilia karin siri eva
  of Alma, withdrawn | cecilia karin ines siri frans eva
  in the tray | cecilia karin ines siri
  of Noor in the tray of Granen |
  of Alma from home | astrid mats cecilia karin ines siri frans eva
  of a paper about Alma | eva
  of a paper about Elsa | eva
  of a paper about Noor | olga
  held by nothing |
  of Alma, erased |
"""


def parsed(text: str) -> dict[tuple[str, str], dict[str, set[str]]]:
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    heading = ("", "")
    for row in filter(None, text.splitlines()):
        if row.startswith("  "):
            name, _, people = row.strip().partition(" |")
            found[heading][name] = {person.replace("-", " ") for person in people.split()}
        else:
            kind, action = row.split()
            heading = (kind, action)
            found[heading] = {}
    return found


EXPECTED = parsed(TABLE + AT_PLANS + AT_UNITS + AT_CONFERENCES + AT_TRANSFERS)
# Pictures are no Kind: what holds them decides.
KINDS = {kind for kind, _ in EXPECTED} - {"PICTURE"}
EVERY_ACTION = sorted({action for _, action in matrix.MATRIX} | {action for _, action in EXPECTED})


@pytest.fixture
def world(cast: Any) -> Any:
    cast.rows = rows.build(cast)
    return cast


def test_every_registered_kind_and_every_row_of_the_rule_is_in_the_table():
    assert {kind.name for kind in kinds.all_kinds()} == KINDS
    assert set(matrix.MATRIX) == {key for key in EXPECTED if key[0] != "PICTURE"}


def test_every_row_of_the_table_exists_and_the_other_way_round(world):
    for kind, action in EXPECTED:
        assert set(EXPECTED[kind, action]) == {name for of, name in world.rows if of == kind}, (kind, action)


def test_the_whole_cast_may_what_the_table_says_and_nothing_else(world):
    wrong = []
    for name, viewer in rows.viewers(world).items():
        for kind in sorted(KINDS):
            own = {row.pk: label for (of, label), row in world.rows.items() if of == kind}
            model = kinds.by_name(kind).model
            for action in EVERY_ACTION:
                seen = rule.visible(kinds.by_name(kind), viewer, action)
                keys = set(model._default_manager.filter(seen).values_list("pk", flat=True))
                found = {own[key] for key in keys if key in own}
                meant = {label for label, who in EXPECTED.get((kind, action), {}).items() if name in who}
                wrong += [f"{name} may {action} {kind} {label}, but should not" for label in sorted(found - meant)]
                wrong += [f"{name} may not {action} {kind} {label}, but should" for label in sorted(meant - found)]
    assert wrong == []


def test_nobody_does_anything_with_a_row_they_may_not_read():
    """A page that asks before it acts shows the row: the table itself must not let that tell more than reading does."""
    for (kind, action), lines in EXPECTED.items():
        for label, people in lines.items():
            if kind != "CHILD":
                assert people <= EXPECTED[kind, "READ"][label], (kind, action, label)


def test_pictures_are_seen_as_the_table_says(world):
    own = {row.pk: label for (kind, label), row in world.rows.items() if kind == "PICTURE"}
    for name, viewer in rows.viewers(world).items():
        seen = {own[key] for key in Picture.objects.visible_to(viewer).values_list("pk", flat=True) if key in own}
        assert seen == {label for label, who in EXPECTED["PICTURE", "READ"].items() if name in who}, name


def test_asked_of_one_row_and_asked_why_the_answer_is_the_table_s_too(world):
    people = rows.viewers(world)
    for name in ("astrid", "ines", "siri", "frans", "david", "gun", "nobody"):
        for (kind, label), row in world.rows.items():
            if kind != "PICTURE":
                meant = name in EXPECTED[kind, "READ"][label]
                assert rule.may(people[name], "READ", row) is meant, (name, kind, label)
                assert bool(rule.why(people[name], row)) is meant, (name, kind, label)


def test_under_a_hat_that_is_not_theirs_nobody_sees_anything(world):
    theirs = {"ines": {Hat.STAFF, Hat.GUARDIAN}}
    for name, viewer in rows.viewers(world).items():
        if viewer is None or " " in name:
            continue
        for hat in set(Hat) - theirs.get(name, {viewer.hat}):
            other = world.viewer(name, hat)
            for kind in kinds.all_kinds():
                for action in EVERY_ACTION:
                    seen = kind.model._default_manager.filter(rule.visible(kind, other, action))
                    assert not seen.exists(), (name, hat, kind.name, action)
            assert not Picture.objects.visible_to(other).exists(), (name, hat)


def test_a_superuser_is_nobody(world):
    root = world.make.person("root", "Root", is_superuser=True, is_staff=True)
    world.root = root
    for hat in Hat:
        viewer = world.viewer("root", hat)
        for kind in kinds.all_kinds():
            assert not kind.model._default_manager.filter(rule.visible(kind, viewer, "READ")).exists(), (hat, kind.name)
