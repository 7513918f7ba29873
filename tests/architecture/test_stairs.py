"""What import-linter cannot see: relations, migrations and names in strings only go down the stairs too."""

import ast
import tomllib

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import HEIGHT, ROOMS, ROOT, STAIRS, dotted, may_know, relative, room_of, sources, tree

OURS = [model for model in apps.get_models(include_auto_created=True) if room_of(model.__module__)]


def test_the_stairs_of_the_linter_are_the_ones_these_tests_know():
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert sorted(plan["root_packages"]) == sorted(ROOMS)
    (contract,) = plan["contracts"]
    assert contract["type"] == "layers"
    assert [tuple(layer.split(" | ")) for layer in contract["layers"]] == list(STAIRS)


def test_every_room_of_the_tree_stands_on_the_stairs():
    standing = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert standing == set(ROOMS)
    assert {app.label for app in apps.get_app_configs() if room_of(app.name)} == set(ROOMS)


def test_rooms_on_one_step_do_not_know_each_other():
    assert not may_know("media_policy", "curriculum")
    assert not may_know("curriculum", "media_policy")
    assert may_know("learninglog", "curriculum")
    assert not may_know("people", "visibility")
    assert may_know("ground", "django")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_relation_of_a_model_points_up(model):
    known = set(model._meta.get_parent_list())
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created:
            known |= {field.related_model, getattr(field.remote_field, "through", None)} - {None}
    room = room_of(model.__module__)
    assert [other._meta.label for other in known if not may_know(room, room_of(other.__module__))] == []


def test_no_migration_depends_on_a_room_above():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    up = [
        f"{room}.{name} knows {other[0]}"
        for (room, name), migration in migrations.items()
        if room in HEIGHT
        for other in [*migration.dependencies, *migration.run_before]
        if other[0] in HEIGHT and not may_know(room, other[0])
    ]
    assert up == []
    assert {room for room, _ in migrations} >= set(ROOMS) - {"config"}


# Modules and models that are named in strings, which no linter of imports reads.
BY_NAME = {"import_module", "import_string", "get_model", "get_app_config", "is_installed"}


def test_nothing_above_is_loaded_by_its_name():
    up = []
    for path in sources(migrations=True):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in BY_NAME or not node.args:
                continue
            named = node.args[0]
            name = named.value if isinstance(named, ast.Constant) and isinstance(named.value, str) else ""
            if not may_know(relative(path).partition("/")[0], room_of(name)):
                up.append(f"{relative(path)}:{node.lineno} names {name}")
    assert up == []
