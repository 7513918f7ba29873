"""A framework as a CASE 1.1 package: what came with one goes out as it came, with what was changed here on top."""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from curriculum.case.meaning import OURS
from curriculum.case.publishing import KINDS
from curriculum.case.reading import CHILD, node
from curriculum.languages import LANGUAGES
from curriculum.models import Area, Framework, Goal, GoalLink

CASE_NAMES = {kind: name for name, kind in KINDS.items()}


def published() -> Any:
    """The frameworks that can be taken out."""
    return Framework.objects.filter(live=True).for_list()


def as_json(framework: Framework) -> str:
    """The package as text, the same at every call while nothing changes."""
    return json.dumps(package(framework), ensure_ascii=False, indent=2) + "\n"


def package(framework: Framework) -> dict[str, Any]:
    """The published areas and goals of a framework, in order."""
    return _Exporter(framework).package()


def items(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Goals as CASE items by key, retired ones too; unknown keys are left out."""
    found: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(pk__in=set(keys)).order_by("pk"):
        found.setdefault(goal.framework_id, []).append(goal)
    frameworks = Framework.objects.filter(pk__in=found).order_by("pk")
    exporters = {framework.pk: _Exporter(framework) for framework in frameworks}
    return {goal.pk: exporters[key].item(goal, "Goal") for key, goals in found.items() for goal in goals}


class _Exporter:
    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        areas = Area.objects.filter(framework=framework.pk, live=True).order_by("order", "code")
        goals = Goal.objects.filter(framework=framework.pk, live=True).order_by(
            "area__order", "area_id", "order", "code"
        )
        self.areas = {area.pk: area for area in areas}
        self.goals = [goal for goal in goals if goal.area_id in self.areas]
        self.document = _identifier(framework, framework.case.get("document", {}))
        self.changed = _stamp(framework, framework)
        self.came = list(framework.case.get("associations", ()))

    def package(self) -> dict[str, Any]:
        shown = [area for area in self.areas.values() if not area.case.get("ours")]
        items = [self.item(area, "Area") for area in shown] + [self.item(goal, "Goal") for goal in self.goals]
        found: dict[str, Any] = {
            "CFDocument": self.as_document(),
            "CFItems": items,
            "CFAssociations": list(self.associations()),
        }
        definitions = self.framework.case.get("definitions")
        if definitions is not None:
            found["CFDefinitions"] = definitions
        return {**found, **self.framework.case.get("more", {})}

    def as_document(self) -> dict[str, Any]:
        row, raw = self.framework, dict(self.framework.case.get("document", {}))
        uri = raw.get("uri") or f"urn:uuid:{self.document}"
        ours = {
            "code": row.code,
            "family": row.family,
            "country": row.country,
            "title": {code: getattr(row, f"title_{code}") for code in LANGUAGES},
            "validFrom": row.valid_from.isoformat(),
            "validUntil": row.valid_until.isoformat() if row.valid_until else None,
        }
        own = {
            "identifier": self.document,
            "uri": uri,
            "creator": raw.get("creator") or "Learning Log",
            "title": raw["title"] if raw.get("title", "")[:120] == row.title(row.language) else row.title(row.language),
            "lastChangeDateTime": raw.get("lastChangeDateTime") or self.changed,
            "CFPackageURI": raw.get("CFPackageURI") or uri,
        }
        if not raw:
            own |= {"language": row.language, "statusStartDate": row.valid_from.isoformat()}
            own |= {"statusEndDate": row.valid_until.isoformat()} if row.valid_until else {}
            own |= {"officialSourceURL": row.source_url} if row.source_url else {}
        return {**raw, **own, "extensions": _with_ours(raw, ours)}

    def item(self, row: Area | Goal, called: str) -> dict[str, Any]:
        raw = dict(row.case)
        key, language = _identifier(row, raw), self.framework.language
        ours: dict[str, Any] = {"label": {code: getattr(row, f"label_{code}") for code in LANGUAGES}}
        whole = row.label(language)
        if isinstance(row, Goal):
            ours["text"] = {code: getattr(row, f"text_{code}") for code in LANGUAGES}
            ours["retiredOn"] = row.retired_on.isoformat() if row.retired_on else None
            whole = row.text(language) or whole
        own = {
            "identifier": key,
            "uri": raw.get("uri") or f"urn:uuid:{key}",
            "CFDocumentURI": raw.get("CFDocumentURI") or f"urn:uuid:{self.document}",
            "lastChangeDateTime": raw.get("lastChangeDateTime") or _stamp(row, self.framework),
        }
        if isinstance(row, Goal) or not raw:
            own["fullStatement"] = whole
        if not raw:
            own |= {"CFItemType": called, "language": language, "abbreviatedStatement": row.label(language)}
        if "humanCodingScheme" in raw or row.code != key[:8]:
            own["humanCodingScheme"] = row.code
        return {**raw, **own, "extensions": _with_ours(raw, ours)}

    def associations(self) -> Iterator[dict[str, Any]]:
        """Those that came, where they still hold; then those of here that did not come."""
        holds = dict(self.holding())
        for row in self.came:
            ends = _ends(row)
            if row["associationType"] not in (CHILD, *KINDS) or ends in holds or not self.knows(row):
                yield row
                holds.pop(ends, None)
        for (kind, origin, destination), number in holds.items():
            key = str(uuid.uuid5(uuid.UUID(self.document), f"{kind} {origin} {destination}"))
            own: dict[str, Any] = {
                "identifier": key,
                "uri": f"urn:uuid:{key}",
                "associationType": kind,
                "originNodeURI": {"title": "Origin", "identifier": origin, "uri": f"urn:uuid:{origin}"},
                "destinationNodeURI": {"title": "Destination", "identifier": destination,
                                       "uri": f"urn:uuid:{destination}"},
                "lastChangeDateTime": self.changed,
            }  # fmt: skip
            yield own | ({"sequenceNumber": number} if number is not None else {})

    def knows(self, row: dict[str, Any]) -> bool:
        """Whether both ends of what came are rows of here, so that what is here decides whether it holds."""
        keys = {_identifier(one, one.case) for one in (*self.areas.values(), *self.goals)} | {self.document}
        return {str(node(row["originNodeURI"])), str(node(row["destinationNodeURI"]))} <= keys

    def holding(self) -> Iterator[tuple[tuple[str, str, str], int | None]]:
        for number, area in enumerate(self.areas.values(), start=1):
            if area.case.get("ours"):
                continue
            above = self.areas.get(area.parent_id) if area.parent_id else None
            yield (
                (CHILD, _identifier(area, area.case), _identifier(above, above.case) if above else self.document),
                number,
            )
        for goal in self.goals:
            area = self.areas[goal.area_id]
            top = self.document if area.case.get("ours") else _identifier(area, area.case)
            yield (CHILD, _identifier(goal, goal.case), top), goal.order
        links = GoalLink.objects.in_use().filter(origin__in=[goal.pk for goal in self.goals]).for_list()
        for link in links:
            ends = (_identifier(link.origin, link.origin.case), _identifier(link.destination, link.destination.case))
            yield (CASE_NAMES[GoalLink.Kind(link.kind)], *ends), None


def _ends(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["associationType"], str(node(row["originNodeURI"])), str(node(row["destinationNodeURI"]))


def _identifier(row: Any, raw: dict[str, Any]) -> str:
    return str(raw.get("identifier") or row.public_id)


def _with_ours(raw: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    extensions = raw.get("extensions")
    return {**(extensions if isinstance(extensions, dict) else {}), OURS: ours}


def _stamp(row: Any, framework: Framework) -> str:
    at = row.last_published_at or row.first_published_at
    return at.isoformat(timespec="seconds") if at else f"{framework.valid_from}T00:00:00+00:00"
