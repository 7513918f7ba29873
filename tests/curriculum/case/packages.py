"""Small packages to import, as other systems write them."""

import json
import uuid
from typing import Any

DOCUMENT = "0d0e2a1c-52b8-4f0f-9f3e-6d0a54d2a001"
STAMP = "2026-01-05T08:00:00+00:00"


def key(name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(DOCUMENT), name))


def item(code: str, statement: str, **more: Any) -> dict[str, Any]:
    return {
        "identifier": key(code), "uri": f"https://example.org/{code}", "CFDocumentURI": "https://example.org/doc",
        "humanCodingScheme": code, "fullStatement": statement, "lastChangeDateTime": STAMP, **more,
    }  # fmt: skip


def joined(kind: str, origin: str, destination: str, number: int | None = None, **more: Any) -> dict[str, Any]:
    found = {
        "identifier": key(f"{kind} {origin} {destination}"), "uri": "https://example.org/a", "associationType": kind,
        "originNodeURI": {"title": "o", "identifier": origin, "uri": "https://example.org/o"},
        "destinationNodeURI": {"title": "d", "identifier": destination, "uri": "https://example.org/d"},
        "lastChangeDateTime": STAMP, **more,
    }  # fmt: skip
    return found if number is None else {**found, "sequenceNumber": number}


def small(**changes: Any) -> dict[str, Any]:
    """A heading with two goals, another with a part, and things that only others understand."""
    items = [
        item("W:1", "Outdoors"),
        item("W:1-01", "We let the children meet all weathers.", abbreviatedStatement="All weathers", notes="n"),
        item("W:1-02", "We follow a tree through the year."),
        item("W:2", "Indoors"),
        item("W:2-a", "Corners to be alone in"),
        item("W:2-a-01", "We make room for rest.", educationalLevel=["PK"], vendorField={"a": [1, None]}),
    ]
    above = {"W:1": None, "W:1-01": "W:1", "W:1-02": "W:1", "W:2": None, "W:2-a": "W:2", "W:2-a-01": "W:2-a"}
    associations = [
        joined("isChildOf", key(child), key(parent) if parent else DOCUMENT, number)
        for number, (child, parent) in enumerate(above.items(), start=1)
    ]
    associations += [
        joined("isRelatedTo", key("W:1-01"), key("W:1-02")),
        joined("ext:rhymesWith", key("W:1-01"), key("W:2-a-01"), note="unheard of"),
        joined("exactMatchOf", key("W:1-02"), key("somewhere else")),
    ]
    return {
        "CFDocument": {
            "identifier": DOCUMENT, "uri": "https://example.org/doc", "creator": "Somebody", "title": "Weather plan",
            "language": "en", "lastChangeDateTime": STAMP, "CFPackageURI": "https://example.org/package",
            "statusStartDate": "2026-01-01", "adoptionStatus": "Draft", "vendorKey": 7,
        },
        "CFItems": items,
        "CFAssociations": associations,
        "CFDefinitions": {"CFItemTypes": []},
        "vendorBlock": {"kept": True},
        **changes,
    }  # fmt: skip


def raw(content: Any) -> bytes:
    return json.dumps(content, indent=1).encode()
