"""The table, the JSON, the plot and the page about performance; exits 1 when a bar is missed."""

import json
from pathlib import Path
from typing import Any

BARS = {
    "log_to_floor": ("The guardian's log page to the plain floor, requests a second", 0.4, "at least"),
    "large_to_small": ("The log page's median here to that in world S", 1.15, "at most"),
    "intake_to_bare": (
        "A picture of 12 megapixels through intake to the bare Pillow calls, pictures a second",
        0.85,
        "at least",
    ),
    "packaging_to_zip": ("A package of 1,000 pictures to plain zip and one hash, octets a second", 0.7, "at least"),
    "packaging_memory": ("Its most memory over idle, in MiB", 64, "at most"),
    "card_to_floor": ("A card-size picture through the rule to the plain floor, requests a second", 0.5, "at least"),
    "share_to_bare": ("Sharing for 20 children to the bare inserts of the same rows", 2.0, "at most"),
    "coverage_of_child": ("Coverage of a child to the plainest SQL by hand for the same figures", 1.5, "at most"),
    "coverage_of_group": ("The same of a group", 1.5, "at most"),
    "coverage_of_unit": ("The same of a unit of 120 children", 1.5, "at most"),
}
BEGIN, END = "<!-- measured: {} -->", "<!-- end: {} -->"


def met(name: str, value: float) -> bool:
    _what, bar, side = BARS[name]
    return value >= bar if side == "at least" else value <= bar


def table(found: dict[str, Any]) -> str:
    rows = ["| what | bar | median | middle half | met |", "|---|---|---|---|---|"]
    for name, (what, bar, side) in BARS.items():
        if name in found["results"]:
            got = found["results"][name]
            yes = "yes" if met(name, got["median"]) else "no"
            half = f"{got['low']:.2f}–{got['high']:.2f}"
            rows.append(f"| {what} | {side} {bar} | {got['median']:.2f} | {half} | {yes} |")
    return "\n".join(rows)


def write(found: dict[str, Any], root: Path) -> int:
    size = found["size"]
    folder = root / "bench" / "results"
    folder.mkdir(exist_ok=True)
    before = folder / f"{size}.json"
    if before.exists():
        found["results"] = json.loads(before.read_text())["results"] | found["results"]
    (folder / f"{size}.json").write_text(json.dumps(found, indent=2) + "\n")
    _plot(folder)
    print(table(found))
    _page(root / "docs" / "performance.md", size, table(found))
    return 0 if all(met(name, found["results"][name]["median"]) for name in BARS if name in found["results"]) else 1


def _page(page: Path, size: str, text: str) -> None:
    begin, end = BEGIN.format(size), END.format(size)
    whole = page.read_text()
    if begin not in whole:
        whole += f"\n## World {size}\n\n{begin}\n{end}\n"
    before, rest = whole.split(begin, 1)
    after = rest.split(end, 1)[1]
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def _plot(folder: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "learning-log"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(BARS), figsize=(3 * len(BARS), 2.6))
    for axis, (name, (_what, bar, side)) in zip(axes, BARS.items(), strict=True):
        sizes = [path.stem for path in sorted(folder.glob("*.json"), key=lambda path: "SML".index(path.stem))]
        found = {size: json.loads((folder / f"{size}.json").read_text())["results"].get(name) for size in sizes}
        shown = {size: got for size, got in found.items() if got}
        axis.bar(list(shown), [got["median"] for got in shown.values()], color="#1f5a41", width=0.5)
        axis.axhline(bar, color="#b3243f", linewidth=1)
        axis.set_title(f"{name.replace('_', ' ')}\n({side} {bar})", fontsize=9)
        axis.set_ylim(0, max([bar, *(got["high"] for got in shown.values())]) * 1.2)
    figure.tight_layout()
    figure.savefig(folder / "bars.svg", metadata={"Date": None})
    pyplot.close(figure)
