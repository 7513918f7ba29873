"""Templates and addresses keep to the stairs: what a page extends, includes or links to stands in its room or below."""

import ast
import re
from functools import cache

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import (
    ROOT,
    TAG,
    URL,
    dotted,
    may_know,
    relative,
    room_of,
    room_of_template,
    sources,
    templates,
    tree,
)

# What every door stands on. Links come in through the navigation and as arguments, save for the frame's own: the way
# to the door itself, and what stands in the corner of every page.
SHARED = {"base", "components"}
FRAMES = {
    "base/family.html": {"portal:family"},
    "base/staff.html": {"portal:staff"},
    "base/school.html": {"portal:school"},
    "components/account.html": {"portal:language", "portal:sign_out", "portal:sign_in", "portal:hat"},
}
FOLDER = ROOT / "templates"
NAMED_IN_PYTHON = {"reverse", "reverse_lazy", "redirect", "url", "resolve_url"}


def name_of(path):
    return path.relative_to(FOLDER).as_posix()


def holder(name):
    """The room whose template this is; the shared ones lie at the foot of the stairs."""
    return "ground" if name.partition("/")[0] in SHARED else room_of_template(name)


@cache
def rooms_of_addresses():
    """Every address name of ours with the room of its view."""
    found = {}

    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif isinstance(pattern, URLPattern) and pattern.name:
                view = getattr(pattern.callback, "view_class", pattern.callback)
                if room := room_of(view.__module__):
                    found[prefix + pattern.name] = room

    walk(get_resolver(), "")
    return found


ALL = list(templates())


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_lies_in_a_room_or_among_the_shared_ones(path):
    assert holder(name_of(path))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_uses_only_templates_of_its_room_and_below(path):
    named = [match["name"] for match in TAG.finditer(path.read_text())]
    assert [other for other in named if not (FOLDER / other).is_file()] == []
    assert [other for other in named if not may_know(holder(name_of(path)), holder(other))] == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_links_only_to_addresses_of_its_room_and_below(path):
    rooms = rooms_of_addresses()
    named = [match["name"] for match in URL.finditer(path.read_text())]
    assert [name for name in named if name not in rooms] == []
    frame = FRAMES.get(name_of(path), set())
    assert [name for name in named if name not in frame and not may_know(holder(name_of(path)), rooms[name])] == []


def test_code_names_only_addresses_and_templates_of_its_room_and_below():
    rooms, up = rooms_of_addresses(), []
    for path in sources():
        room = relative(path).partition("/")[0]
        for node in ast.walk(tree(path)):
            said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if said.endswith(".html") and not may_know(room, room_of_template(said)):
                up.append(f"{relative(path)}:{node.lineno} shows {said}")
            if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in NAMED_IN_PYTHON:
                continue
            named = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            if named in rooms and not may_know(room, rooms[named]):
                up.append(f"{relative(path)}:{node.lineno} names {named}")
    assert up == []


def test_the_walk_over_the_addresses_finds_every_door():
    rooms = rooms_of_addresses()
    assert set(rooms.values()) >= {"portal", "learninglog", "media_policy"}
    assert rooms["portal:sign_in"] == "portal"
    assert rooms["media_policy:picture"] == "media_policy"


SETS = re.compile(r"^{%-?\s*set\s+(\w+)\s*=", re.MULTILINE)
EXTENDS = re.compile(r"{%-?\s*extends\s+\"([^\"]+)\"")


def frames_of(text):
    """The texts of the templates that a page extends, one inside the other."""
    while match := EXTENDS.search(text):
        text = (FOLDER / match[1]).read_text()
        yield text


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_page_sets_no_name_that_its_frame_sets_again(path):
    """The frame runs after the page: it would overwrite what the page's blocks are to read."""
    text = path.read_text()
    assert [name for frame in frames_of(text) for name in set(SETS.findall(text)) & set(SETS.findall(frame))] == []
