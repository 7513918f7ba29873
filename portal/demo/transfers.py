"""Children of the demo who move on: one whose school reads, some who wait for an answer, one who goes elsewhere."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from access.leaving import services as leaving
from access.terms import services as terms
from people.models import Child, GroupMembership, Placement
from portal.demo import staff
from portal.demo.lindby import World
from transfers.models import Handover
from transfers.services import cases, choosing, handovers, highlights
from visibility.viewer import Hat

TEXTS = Path(__file__).parent / "transfers.toml"
# Whoever names schools and writes requests down.
HEAD = "Eva Holm"
OWNER = "Olga Hjelm"


def make(world: World) -> None:
    """Places at the school, a school elsewhere, what families have chosen, and a request; all by services."""
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for one in told["inside"]:
        if one["child"] in world.children:
            _place(world, world.children[one["child"]], one)
    handovers.follow(world.dates.now)
    head = world.viewer(HEAD, world.dates.now)
    for one in told["elsewhere"]:
        if one["child"] in world.children:
            child = world.children[one["child"]]
            handovers.name_school(child=child, school=one["school"], first_day=_next_term(world), by=head)
    for one in (*told["inside"], *told["elsewhere"]):
        if one["child"] in world.children:
            _choose(world, world.children[one["child"]], one)
    handovers.follow(world.dates.now)
    for one in told["inside"]:
        if one["child"] in world.children:
            _pick(world, world.children[one["child"]], one)
    owner = world.viewer(OWNER, world.dates.now)
    leaving.set_plan(organisation=world.organisation, days=told["leaving"]["reading_days"], by=owner)
    leaving.follow(world.dates.now)
    asked = told["request"]
    if asked["child"] in world.children:
        cases.ask(
            child=world.children[asked["child"]], asked_by=asked["asked_by"], asked_for=asked["asked_for"],
            asked_on=world.dates.ago(asked["days"]), by=head,
        )  # fmt: skip


def _next_term(world: World) -> date:
    """The start of an autumn term that is still to come."""
    term = world.dates.term
    return term.replace(year=term.year + 1)


def _place(world: World, child: Child, one: dict[str, Any]) -> None:
    starts = _next_term(world) if one["starts"] == "next term" else world.dates.ago(one["days"])
    group = world.groups[staff.SCHOOL_CLASS]
    Placement.objects.create(child=child, unit=group.unit, starts_on=starts)
    GroupMembership.objects.create(child=child, group=group, starts_on=starts)


def _choose(world: World, child: Child, one: dict[str, Any]) -> None:
    for said in one["said"]:
        tie = world.ties.get((child.given_name, said["adult"]))
        if tie is None:
            continue
        at = world.dates.at(world.dates.ago(said["days"]), 20)
        wanted = {"school_log": said["log"], "school_conferences": said["conferences"]}
        words = {question: terms.current(question, tie.person.language) for question in wanted}
        digests = {question: frozen.digest for question, frozen in words.items() if frozen is not None}
        by = world.viewer(said["adult"], at, Hat.GUARDIAN)
        choosing.choose(guardianship=tie, wanted=wanted, wordings=digests, by=by)


def _pick(world: World, child: Child, one: dict[str, Any]) -> None:
    handover = Handover.objects.filter(child=child, ended_at__isnull=True).order_by("pk").first()
    if handover is None or "picked" not in one:
        return
    by = world.viewer(one["said"][0]["adult"], world.dates.now - timedelta(hours=2), Hat.GUARDIAN)
    entries = highlights.to_pick_from(handover, by).newest_first()
    highlights.pick(handover=handover, entries=[row.public_id for row in entries[: one["picked"]]], by=by)
