"""The pictures of the examples: flat scenes, drawn here, so that nobody else's work is in them. Pure.

A scene is drawn twice as large as it is shown and then made smaller, which smooths its edges.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 720
_SCALE = 2

SKY, SAND, LEAF, DEEP, WARM, PALE, INK, CLAY = (
    "#dcecea", "#f6e7c8", "#7fb08f", "#0a5c63", "#f2b544", "#ffffff", "#17282d", "#c9705a",
)  # fmt: skip

Point = tuple[float, float]


class _Canvas:
    """Draws in the units of the picture as it is shown: 0 to 1280 across, 0 to 720 down."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), ground)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, colour: str, *points: Point) -> None:
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)

    def box(self, colour: str, x: float, y: float, width: float, height: float, radius: float = 0) -> None:
        corners = (x * _SCALE, y * _SCALE, (x + width) * _SCALE, (y + height) * _SCALE)
        self._draw.rounded_rectangle(corners, radius * _SCALE, fill=colour)

    def disc(self, colour: str, x: float, y: float, radius: float) -> None:
        self._draw.ellipse(
            [(value) * _SCALE for value in (x - radius, y - radius, x + radius, y + radius)], fill=colour
        )

    def line(self, colour: str, width: float, *points: Point) -> None:
        self._draw.line([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour, width=int(width * _SCALE))

    def wave(self, colour: str, level: float, height: float, length: float, shift: float = 0) -> None:
        """Everything below a waving line: hills, or the sea."""
        crest = [(x, level + height * math.sin((x + shift) / length)) for x in range(0, WIDTH + 10, 10)]
        self.shape(colour, *crest, (WIDTH, HEIGHT), (0, HEIGHT))

    def house(self, colour: str, x: float, width: float, height: float, ground: float = 600) -> None:
        top = ground - height
        self.box(colour, x, top, width, height)
        self.shape(DEEP, (x - 14, top), (x + width / 2, top - width * 0.5), (x + width + 14, top))
        for row in range(int(height // 90)):
            self.box(WARM, x + width * 0.2, top + 30 + row * 90, width * 0.2, 44)
            self.box(WARM, x + width * 0.6, top + 30 + row * 90, width * 0.2, 44)

    def person(self, colour: str, x: float, y: float, size: float = 1) -> None:
        self.disc(CLAY, x, y - 62 * size, 26 * size)
        self.box(colour, x - 34 * size, y - 34 * size, 68 * size, 96 * size, 32 * size)


def _network(canvas: _Canvas) -> None:
    places = [(640, 360), (300, 200), (980, 190), (230, 520), (1050, 540), (640, 130), (640, 600)]
    for place in places[1:]:
        canvas.line(DEEP, 6, places[0], place)
    for number, (x, y) in enumerate(places):
        canvas.disc(PALE, x, y, 78 if number else 104)
        canvas.person(WARM if number == 0 else (LEAF, DEEP)[number % 2], x, y + 18, 0.75 if number else 1)


def _door(canvas: _Canvas) -> None:
    canvas.box(SAND, 0, 560, WIDTH, 160)
    canvas.box(DEEP, 500, 130, 280, 450, 10)
    canvas.shape(WARM, (520, 150), (700, 190), (700, 600), (520, 560))
    canvas.disc(INK, 672, 390, 12)
    canvas.shape("#fbd98f", (520, 560), (700, 600), (860, 720), (420, 720))
    canvas.person(LEAF, 940, 510, 1.2)


def _school(canvas: _Canvas) -> None:
    canvas.wave(LEAF, 590, 14, 160)
    canvas.box(CLAY, 300, 300, 680, 300)
    canvas.shape(DEEP, (280, 300), (640, 150), (1000, 300))
    for x in (350, 470, 740, 860):
        canvas.box(PALE, x, 370, 74, 100, 6)
    canvas.box(WARM, 590, 440, 100, 160)
    canvas.disc(PALE, 640, 250, 34)
    for x, colour in ((180, DEEP), (1080, WARM), (1160, DEEP)):
        canvas.person(colour, x, 600, 0.8)


def _stairs(canvas: _Canvas) -> None:
    for step in range(7):
        canvas.box(DEEP if step % 2 else LEAF, 160 + step * 140, 600 - step * 70, 1120, 760)
    canvas.person(WARM, 300, 470, 0.9)
    canvas.person(CLAY, 850, 198, 0.9)
    canvas.disc(WARM, 1130, 110, 60)


def _circle(canvas: _Canvas) -> None:
    canvas.disc(SAND, 640, 400, 210)
    for number in range(9):
        angle = 2 * math.pi * number / 9
        colour = (DEEP, WARM, LEAF)[number % 3]
        canvas.person(colour, 640 + 330 * math.cos(angle), 390 + 230 * math.sin(angle), 0.85)


def _table(canvas: _Canvas) -> None:
    for x, colour in ((330, LEAF), (520, DEEP), (760, WARM), (950, LEAF)):
        canvas.person(colour, x, 330)
    canvas.box(CLAY, 200, 400, 880, 46, 20)
    for x in (270, 970):
        canvas.box(INK, x, 446, 30, 220)
    for x in (400, 640, 860):
        canvas.box(PALE, x, 366, 70, 34, 6)


def _home(canvas: _Canvas) -> None:
    canvas.wave(LEAF, 600, 20, 190)
    canvas.disc(WARM, 1060, 150, 70)
    canvas.house(SAND, 470, 330, 300)
    canvas.box(DEEP, 600, 480, 80, 130, 6)
    canvas.person(CLAY, 900, 590, 0.9)


def _village(canvas: _Canvas) -> None:
    canvas.wave(LEAF, 540, 40, 220)
    for x, width, height, colour in (
        (120, 170, 150, SAND),
        (330, 140, 200, CLAY),
        (760, 190, 170, SAND),
        (1000, 150, 140, CLAY),
    ):
        canvas.house(colour, x, width, height)
    canvas.box(PALE, 540, 300, 130, 300)
    canvas.shape(DEEP, (525, 300), (605, 90), (685, 300))
    canvas.wave("#5f9572", 640, 16, 150, 300)


def _letter(canvas: _Canvas) -> None:
    canvas.box(PALE, 340, 130, 600, 480, 14)
    for row, width in enumerate((420, 480, 360, 450, 240)):
        canvas.box(SKY if row else DEEP, 400, 200 + row * 62, width, 26, 12)
    canvas.disc(WARM, 880, 560, 96)
    canvas.line(PALE, 20, (834, 560), (870, 598), (930, 524))


def _car(canvas: _Canvas) -> None:
    canvas.wave(LEAF, 430, 40, 260)
    canvas.box("#55666b", 0, 560, WIDTH, 160)
    for x in range(40, WIDTH, 200):
        canvas.box(PALE, x, 632, 100, 12)
    canvas.box(WARM, 380, 430, 520, 130, 40)
    canvas.shape(WARM, (470, 440), (560, 320), (760, 320), (840, 440))
    canvas.shape(SKY, (515, 430), (580, 345), (650, 345), (650, 430))
    canvas.shape(SKY, (670, 430), (670, 345), (742, 345), (798, 430))
    for x in (490, 790):
        canvas.disc(INK, x, 566, 56)
        canvas.disc(PALE, x, 566, 24)


def _mirror(canvas: _Canvas) -> None:
    canvas.box(SAND, 0, 560, WIDTH, 160)
    canvas.disc(DEEP, 640, 300, 226)
    canvas.disc(PALE, 640, 300, 204)
    canvas.person(LEAF, 640, 360, 1.8)
    canvas.box(CLAY, 470, 560, 340, 30, 10)
    canvas.disc(WARM, 900, 530, 34)


def _field(canvas: _Canvas) -> None:
    canvas.disc(WARM, 240, 180, 80)
    for row in range(9):
        y = 330 + row * 48
        canvas.shape(LEAF if row % 2 else "#d9b65c", (0, y), (WIDTH, y - 40), (WIDTH, HEIGHT), (0, HEIGHT))
    canvas.person(DEEP, 760, 430, 0.9)
    canvas.person(CLAY, 880, 420, 0.9)


def _sea(canvas: _Canvas) -> None:
    canvas.disc(WARM, 900, 220, 110)
    for number, colour in enumerate(("#7fb7bb", "#3f8b92", DEEP)):
        canvas.wave(colour, 380 + number * 60, 16, 90, number * 130)
    canvas.wave(SAND, 600, 20, 260)
    canvas.person(CLAY, 420, 620, 0.8)
    canvas.person(LEAF, 520, 630, 0.8)


def _boat(canvas: _Canvas) -> None:
    canvas.disc(PALE, 240, 170, 70)
    canvas.wave("#7fb7bb", 470, 14, 100)
    canvas.shape(CLAY, (380, 430), (920, 430), (850, 550), (450, 550))
    canvas.box(PALE, 520, 320, 230, 110, 10)
    for x in (550, 620, 690):
        canvas.disc(DEEP, x + 10, 376, 22)
    canvas.box(DEEP, 640, 220, 50, 100)
    canvas.wave(DEEP, 540, 18, 110, 200)


SCENES: dict[str, Callable[[_Canvas], None]] = {
    "auto": _car,
    "boot": _boat,
    "brief": _letter,
    "deur": _door,
    "dorp": _village,
    "huis": _home,
    "kring": _circle,
    "netwerk": _network,
    "school": _school,
    "spiegel": _mirror,
    "tafel": _table,
    "trap": _stairs,
    "veld": _field,
    "zee": _sea,
}


def draw(name: str) -> bytes:
    """Draw a scene.

    Args:
        name: one of `SCENES`.

    Returns:
        A PNG of 1280 by 720.
    """
    canvas = _Canvas(SKY)
    SCENES[name](canvas)
    file = BytesIO()
    canvas.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
