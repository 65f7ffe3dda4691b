"""A picture of the measured times, for docs/performance.md: from p50 to p95, on a scale where ratios are lengths."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from .times import Times

WIDTH, LEFT, RIGHT, LINE = 760, 270, 90, 24
# The ends of the scale, in milliseconds.
LEAST, MOST = 1.0, 10_000.0
STYLE = (
    "text{font:13px sans-serif;fill:#1f2933}.head{font-weight:bold}.grid{stroke:#d3dbe0}.range{stroke:#0b5c74;"
    "stroke-width:4}.p50{fill:#0b5c74}.p95{fill:#fff;stroke:#0b5c74;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf1}.grid{stroke:#38444c}.range{stroke:#6cc3dc}.p50{fill:#6cc3dc}"
    ".p95{fill:#10181d;stroke:#6cc3dc}}"
)


def draw(sizes: Mapping[int, Mapping[str, Times]]) -> str:
    """Draw everything that was measured, as SVG: a filled dot for p50, an open one for p95.

    Args:
        sizes: by number of entries, the times by what was done.
    """
    parts: list[str] = []
    top = 2 * LINE
    for total, times in sizes.items():
        parts.append(f'<text class="head" x="10" y="{top + 4}">{total:,} entries</text>')
        top += LINE
        for name, one in times.items():
            parts += _line(name, one, top)
            top += LINE
        top += LINE // 2
    grid = "".join(
        f'<line class="grid" x1="{_x(mark):.1f}" x2="{_x(mark):.1f}" y1="{LINE}" y2="{top}"/>'
        f'<text x="{_x(mark):.1f}" y="{LINE - 8}" text-anchor="middle">{label}</text>'
        for mark, label in ((1, "1 ms"), (10, "10 ms"), (100, "100 ms"), (1000, "1 s"), (10_000, "10 s"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'aria-label="How long a question takes, p50 and p95"><style>{STYLE}</style>{grid}{"".join(parts)}</svg>\n'
    )


def _x(milliseconds: float) -> float:
    share = math.log(min(MOST, max(LEAST, milliseconds)) / LEAST) / math.log(MOST / LEAST)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _line(name: str, times: Times, middle: int) -> list[str]:
    return [
        f'<text x="10" y="{middle + 4}">{escape(name)}</text>',
        f'<line class="range" x1="{_x(times.p50):.1f}" x2="{_x(times.p95):.1f}" y1="{middle}" y2="{middle}"/>',
        f'<circle class="p95" cx="{_x(times.p95):.1f}" cy="{middle}" r="5"/>',
        f'<circle class="p50" cx="{_x(times.p50):.1f}" cy="{middle}" r="5"/>',
        f'<text x="{_x(times.p95) + 10:.1f}" y="{middle + 4}">{times.p50:.0f} / {times.p95:.0f}</text>',
    ]
