"""A picture of the measured times, as docs/performance.md shows it: bars beside each other, for each size."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from .times import Times

WIDTH, LEFT, BAR, GAP = 760, 250, 15, 26


def draw(sizes: Mapping[int, Mapping[str, Times]]) -> str:
    """Draw p50 (dark) and p95 (light) of everything that was measured, as SVG.

    Args:
        sizes: by number of entries, the times by what was done.
    """
    rows: list[str] = []
    top = 20
    for total, times in sizes.items():
        rows.append(f'<text class="head" x="10" y="{top + 12}">{total:,} entries</text>')
        top += GAP
        longest = max(one.p95 for one in times.values())
        for name, one in times.items():
            rows += _bar(name, one, top, (WIDTH - LEFT - 130) / longest)
            top += GAP
        top += GAP // 2
    style = (
        "text{font:13px sans-serif;fill:#1f2933}.head{font-weight:bold}.p50{fill:#0b5c74}.p95{fill:#9cc9d6}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf1}.p50{fill:#6cc3dc}.p95{fill:#2d5d6c}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'aria-label="How long a question takes, p50 and p95"><style>{style}</style>{"".join(rows)}</svg>\n'
    )


def _bar(name: str, times: Times, top: int, scale: float) -> list[str]:
    end = LEFT + times.p95 * scale
    return [
        f'<text x="10" y="{top + 12}">{escape(name)}</text>',
        f'<rect class="p95" x="{LEFT}" y="{top}" width="{times.p95 * scale:.1f}" height="{BAR}"/>',
        f'<rect class="p50" x="{LEFT}" y="{top}" width="{times.p50 * scale:.1f}" height="{BAR}"/>',
        f'<text x="{end + 6:.1f}" y="{top + 12}">{times.p50:.0f} / {times.p95:.0f} ms</text>',
    ]
