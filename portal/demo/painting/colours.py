"""The paint box: the product's own colours and those that a season adds."""

Colour = tuple[int, int, int]
Paint = tuple[int, int, int] | tuple[int, int, int, int]


def paint(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The first colour with this share (0 to 1) of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float = 0.18) -> Colour:
    return mix(colour, INK, share)


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, CARD, share)


def thin(colour: Colour, alpha: int) -> Paint:
    """The colour with water in it; alpha 0 to 255."""
    return (*colour, alpha)


PAPER, CARD, INK, STONE, LINE = map(paint, ("#faf6ee", "#fffdf8", "#20281f", "#5b6357", "#e2dccd"))
PINE, MOSS, FERN, WASH = map(paint, ("#1f5a41", "#4f8554", "#8fb174", "#e3eee6"))
MEADOW, SPRING = map(paint, ("#c3d3a4", "#a9c77d"))
LINGON, ROSE, PEACH, BLUSH = map(paint, ("#b3243f", "#d9788a", "#f0c3a4", "#f7e1d3"))
SUN, HONEY, RUST, PLUM = map(paint, ("#e9b949", "#d99a3a", "#c2642f", "#6d3f63"))
SKY, ICE, LAKE, DUSK, NIGHT = map(paint, ("#cfe0e8", "#e6f0f3", "#5b93b0", "#34607c", "#24384e"))
SAND, WOOD, BARK, EARTH = map(paint, ("#eed9b4", "#d8b083", "#8b5d3b", "#5c4230"))
SNOW, SHADOW_ON_SNOW = map(paint, ("#f7fafb", "#d5e2e9"))
AUTUMN = (SUN, HONEY, RUST, LINGON, paint("#a8862e"), paint("#7f9a4d"), paint("#8d3b2f"))
BRIGHT = (LINGON, SUN, LAKE, MOSS, RUST, PLUM, ROSE, DUSK)
CRAYONS = (paint("#c23049"), paint("#2f74a3"), paint("#e3a92e"), paint("#3f8a55"), paint("#7b4b8e"), paint("#d4702f"),
           paint("#2b2f2a"))  # fmt: skip
PASTEL = (BLUSH, WASH, mix(SKY, CARD, 0.35), mix(SUN, CARD, 0.72), mix(ROSE, CARD, 0.75))
