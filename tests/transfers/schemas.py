"""JSON Schema (2020-12) as far as our schema uses it; a word that is not known here fails instead of passing by."""

import re
from typing import Any

KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "maxItems", "minimum", "const", "enum", "anyOf", "pattern", "format",
}  # fmt: skip
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any] | None = None, path: str = "$") -> list[str]:
    """Where and why a value is not what the schema says; empty when it is."""
    whole = whole if whole is not None else schema
    assert not set(schema) - KNOWN, set(schema) - KNOWN
    found: list[str] = []
    if "$ref" in schema:
        found += faults(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole, path)
    if "anyOf" in schema and not any(not faults(value, one, whole, path) for one in schema["anyOf"]):
        found.append(f"{path}: none of several")
    if "const" in schema and value != schema["const"]:
        found.append(f"{path}: not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: {value!r} is unknown")
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))):
        return [*found, f"{path}: no {kind}"]
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{path}: too small")
    if "maxItems" in schema and len(value) > schema["maxItems"]:
        found.append(f"{path}: too many")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{path}: {value!r} looks otherwise")
    if "items" in schema:
        for number, one in enumerate(value):
            found += faults(one, schema["items"], whole, f"{path}[{number}]")
    if isinstance(value, dict):
        found += [f"{path}: {name} is missing" for name in schema.get("required", ()) if name not in value]
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            found += [f"{path}: {name} is unknown" for name in value if name not in known]
        for name, one in known.items():
            if name in value:
                found += faults(value[name], one, whole, f"{path}.{name}")
    return found
