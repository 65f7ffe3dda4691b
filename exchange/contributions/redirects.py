"""Old addresses lead on only to what a reader may see: a redirect tells that a page is there, and its new title."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Page, Site

from exchange.accounts.viewer import viewer_of

from .links import readable
from .models import Contribution

_LEADS_ON = frozenset({301, 302})


class ReadableRedirectMiddleware(RedirectMiddleware):
    """Wagtail's own, which asks nobody; where its target is not for this reader the answer stays 404."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if answer is response or answer.status_code not in _LEADS_ON:
            return response
        page = _page_at(request, answer["Location"])
        is_open = page is None or str(page.pk) in readable([page.pk], viewer_of(request))
        if page is None or not is_open:
            return answer if is_open else response
        if isinstance(page.specific, Contribution):
            # Who may read it today may not tomorrow: nobody keeps where it led.
            answer.status_code = 302
            answer["Cache-Control"] = "private, no-store"
        return answer


def _page_at(request: HttpRequest, address: str) -> Page | None:
    """The page of ours that an address leads to, whatever name of this site it has; the deepest one on the way."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    steps = [step for step in urlsplit(address).path.split("/") if step]
    paths = [site.root_page.url_path + "".join(f"{step}/" for step in steps[:end]) for end in range(len(steps), 0, -1)]
    found = {page.url_path: page for page in Page.objects.filter(url_path__in=paths)}
    return next((found[path] for path in paths if path in found), None)
