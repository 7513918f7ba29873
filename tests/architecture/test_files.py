"""How files look: short, said in a sentence where others call them, no word of the machine they come from."""

import ast
import re
import subprocess

import pytest

from tests.architecture.house import ROOT, dotted, files, relative, sources, tree

LONGEST = 400
WRITTEN = (".py", ".html", ".css", ".js", ".md", ".toml", ".json", ".sh", ".po", ".txt", ".svg", "")
LEFT_OUT = ("static/vendor/", "LICENSE", "static/fonts/")


def kept_files():
    """Files that git knows or would take in; an export without git is walked as it lies."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = said.stdout.splitlines() or [relative(path) for path in files(*WRITTEN)]
    paths = [ROOT / name for name in names if not name.startswith(LEFT_OUT)]
    return [path for path in paths if path.suffix in WRITTEN and path.is_file()]


def test_no_file_of_code_is_longer_than_it_may_be():
    long = {
        relative(path): lines
        for path in kept_files()
        if path.suffix in {".py", ".html", ".css", ".js"} and "migrations" not in path.parts
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert long == {}


# In pieces, so that this file does not name them itself.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org"]
PATHS = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "opt/", "C:" + "\\", "../" + "shared"]
OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", '"resolved": ' + '"http']
FORBIDDEN = re.compile("|".join(re.escape(word) for word in [*HOSTS, *PATHS, *OPTIONS]))


def test_no_file_names_a_machines_folder_or_where_packages_come_from():
    found = [
        f"{relative(path)}: {match[0]}"
        for path in kept_files()
        for match in [FORBIDDEN.search(path.read_text(encoding="utf-8"))]
        if match
    ]
    assert found == []


@pytest.mark.parametrize("text", ["cd /" + "work/main", "--index" + "-url https://x", "https://py" + "pi.org/simple"])
def test_the_search_for_such_names_finds_them(text):
    assert FORBIDDEN.search(text)


def public_functions(path):
    """Functions of a services module, and methods of its querysets, that others call."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and "querysets" not in path.parts[-1]:
            yield node.name, node
        if isinstance(node, ast.ClassDef) and node.name.endswith("QuerySet"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    yield f"{node.name}.{method.name}", method


def test_public_methods_of_querysets_and_services_say_what_they_do():
    silent = [
        f"{relative(path)}: {name}"
        for path in sources()
        if path.stem == "querysets" or "services" in (path.stem, path.parent.name)
        for name, node in public_functions(path)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


# Whoever answers a request, a command or a job looks at the clock once and hands the moment down.
READS_THE_CLOCK = {"views", "commands", "tasks", "middleware", "office"}
CLOCKS = {"timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow", "date.today"}
CLOCKS |= {"datetime.datetime.now", "datetime.date.today", "datetime.today", "time.time"}


def clock_calls(path):
    imported = {
        name.asname or name.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "ground.clock"
        for name in node.names
        if name.name == "now"
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name in CLOCKS:
                yield node.lineno, name
            elif name == "clock.now" or name in imported:
                yield node.lineno, "ground.clock.now"


def test_only_views_commands_and_jobs_read_the_clock():
    wrong = []
    for path in sources():
        for line, name in clock_calls(path):
            outer = READS_THE_CLOCK & {*path.parts, path.stem}
            if name != "ground.clock.now" and relative(path) != "ground/clock.py":
                wrong.append(f"{relative(path)}:{line} reads {name}")
            elif name == "ground.clock.now" and not outer:
                wrong.append(f"{relative(path)}:{line} reads the clock")
    assert wrong == []
