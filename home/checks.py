"""The looks come from packages that are not in the repository: say so before a page looks for them."""

from typing import Any

from django.conf import settings
from django.core import checks

BUILT = settings.BASE_DIR / "home" / "assets" / "built"
STYLE = BUILT / "components.css"


def the_style_was_built(**kwargs: Any) -> list[checks.CheckMessage]:
    if STYLE.exists():
        return []
    return [
        checks.Warning(
            "The style of NL Design System was not built.",
            hint="Run `make install`, on a server `make production`; without make: `npm ci --ignore-scripts` and "
            "`manage.py build_assets`.",
            id="home.W001",
        )
    ]


def register() -> None:
    checks.register(the_style_was_built, "home")
