"""Doors start from the rule: where a request, an export or a job touches rows, it is through `.visible_to(`."""

import ast

import pytest

from tests.architecture.house import dotted, relative, sources, tree

DOORS = {"views", "tasks", "exports", "export", "api", "serving"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}

# Model → why its rows may be fetched without the rule. None of them tells anything about a child.
WITHOUT_RULE = {
    "Organisation": "an organisation is public",
}


def door_files():
    return [path for path in sources() if DOORS & {*path.parts, path.stem}]


def unruled(module):
    """(line, model, what follows) of each manager that is not asked for what a viewer may see."""
    followed = {id(node.value): node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            model = dotted(node.value).rpartition(".")[2] or "?"
            follows = followed.get(id(node), "")
            if follows != "visible_to" and model not in WITHOUT_RULE:
                yield node.lineno, model, follows


def test_doors_fetch_rows_only_through_the_rule():
    wrong = [
        f"{relative(path)}:{line} {model}.objects.{follows}"
        for path in door_files()
        for line, model, follows in unruled(tree(path))
    ]
    assert wrong == []


def test_there_are_doors_to_look_at():
    rooms = {relative(path).partition("/")[0] for path in door_files()}
    assert rooms >= {"learninglog", "media_policy", "portal"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("Entry.objects.visible_to(viewer).shared()", []),
        ("Entry.objects.filter(pk=1)", [(1, "Entry", "filter")]),
        ("models.Entry.objects.all()", [(1, "Entry", "all")]),
        ("Entry._default_manager.get(pk=1)", [(1, "Entry", "get")]),
        ("rows = Entry.objects", [(1, "Entry", "")]),
        ("type(entry).objects.all()", [(1, "?", "all")]),
        ("Organisation.objects.first()", []),
    ],
)
def test_the_walk_sees_rows_fetched_past_the_rule(code, found):
    assert list(unruled(ast.parse(code))) == found


def test_every_exception_is_still_one_that_a_door_needs():
    named = {
        dotted(node.value).rpartition(".")[2]
        for path in door_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    }
    assert set(WITHOUT_RULE) <= named
