"""`manage.py build_assets`: gather the style of NL Design System and the typeface from what npm installed.

Nothing of others is in the repository: `make install` fetches the packages that `package.json` names and runs this.
"""

import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.checks import BUILT, STYLE

# The whole of the HTML elements, and the components that have a class of their own.
COMPONENTS = (
    "component-library-css/dist/html.css",
    "alert-css/dist/index.css",
    "breadcrumb-nav-css/dist/index.css",
    "button-link-css/dist/index.css",
    "data-badge-css/dist/index.css",
    "page-footer-css/dist/index.css",
    "page-header-css/dist/index.css",
    "pagination-css/dist/index.css",
    "skip-link-css/dist/index.css",
)
TYPEFACE = "@fontsource/source-sans-3/files/source-sans-3-latin-{weight}-normal.woff2"
WEIGHTS = (400, 600, 700)


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Gather the style and the typeface from node_modules; `make install` runs it after `npm ci`."

    def handle(self, *args: Any, **options: Any) -> None:
        packages = settings.BASE_DIR / "node_modules"
        if not packages.exists():
            raise CommandError("There is no node_modules folder: run `make install`, or `npm ci --ignore-scripts`.")
        BUILT.mkdir(parents=True, exist_ok=True)
        styles = [(packages / "@utrecht" / name).read_text(encoding="utf-8") for name in COMPONENTS]
        # In a layer of their own: what the exchange says of a component wins, however specific theirs is.
        STYLE.write_text("@layer components {\n" + "\n".join(styles) + "\n}\n", encoding="utf-8")
        for weight in WEIGHTS:
            shutil.copyfile(packages / TYPEFACE.format(weight=weight), BUILT / f"source-sans-3-{weight}.woff2")
        self.stdout.write(f"{STYLE.relative_to(settings.BASE_DIR)}: {STYLE.stat().st_size // 1024} kB")
