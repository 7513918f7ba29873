"""Every pair of colours that carries text or draws a control is legible in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEXT, SHAPE = 4.5, 3.0
SURFACES = ("paper", "card")
PAIRS = [
    *((ink, surface, TEXT) for ink in ("ink", "ink-second", "pine", "pine-strong", "lingon") for surface in SURFACES),
    *(("edge", surface, SHAPE) for surface in SURFACES),
    *((ink, "pine-wash", TEXT) for ink in ("ink", "ink-second", "pine")),
    *(("ink", wash, TEXT) for wash in ("sun-wash", "sky", "lingon-wash")),
    *(("ink-second", wash, TEXT) for wash in ("sun-wash", "sky")),
    ("lingon", "lingon-wash", TEXT),
    ("on-pine", "pine", TEXT),
    ("on-pine", "pine-strong", TEXT),
    ("on-lingon", "lingon", TEXT),
    ("paper", "ink", TEXT),
    *((f"face-{number}-ink", f"face-{number}", TEXT) for number in range(1, 7)),
]
SKETCH = {
    "paper": ("#faf6ee", "#161b17"),
    "card": ("#fffdf8", "#1e2520"),
    "ink": ("#20281f", "#ece8dc"),
    "ink-second": ("#5b6357", "#a9b0a3"),
    "line": ("#e2dccd", "#323b33"),
    "pine": ("#1f5a41", "#8fd0ad"),
    "pine-wash": ("#e3eee6", "#243a2d"),
    "lingon": ("#b3243f", "#ff9aa8"),
    "sun": ("#e9b949", "#e9b949"),
    "sky": ("#cfe0e8", "#2b3b43"),
}


def _themes() -> dict[str, dict[str, str]]:
    css = (Path(settings.STATICFILES_DIRS[0]) / "css" / "tokens.css").read_text()

    def block(selector: str) -> dict[str, str]:
        body = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", css)
        assert body, selector
        return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body[1]))

    return {
        "light": block(':root[data-theme="light"]'),
        "dark": block(':root[data-theme="dark"]'),
        "dark by preference": block(':root:not([data-theme="light"])'),
    }


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_the_pair_is_legible(theme: str, front: str, back: str, least: float) -> None:
    tokens = _themes()[theme]
    assert _contrast(tokens[front], tokens[back]) >= least


def test_the_dark_theme_is_the_same_by_preference_and_by_choice() -> None:
    themes = _themes()
    assert themes["dark"] == themes["dark by preference"]
    assert themes["light"].keys() == themes["dark"].keys()


def test_paper_and_pine_are_the_colours_that_were_agreed() -> None:
    themes = _themes()
    assert {name: (themes["light"][name], themes["dark"][name]) for name in SKETCH} == SKETCH


def test_black_on_white_measures_twenty_one() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
