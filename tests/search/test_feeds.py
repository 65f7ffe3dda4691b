"""A feed is Atom as RFC 4287 has it, and says when nothing changed."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from lxml import etree
from wagtail.models import Page

from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
TEXT_TYPES = {"text", "html", "xhtml"}
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# What each element must have exactly once, and may have at most once (RFC 4287, 4.1.1 and 4.1.2).
ONCE = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}


def breaches(content: bytes) -> list[str]:
    """The musts of RFC 4287 that a feed breaks."""
    feed = etree.fromstring(content)
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else [f"the root is {feed.tag}"]
    found += [breach for one in (feed, *entries) for breach in _of(one)]
    found += [f"no IRI: {one.text}" for one in feed.iter(f"{ATOM}id") if not IRI.fullmatch(one.text or "")]
    found += [
        f"no IRI: {one.get('href')}" for one in feed.iter(f"{ATOM}link") if not IRI.fullmatch(one.get("href", ""))
    ]
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    found += ["two entries with the same id"] if len(set(ids)) < len(ids) else []
    if feed.find(f"{ATOM}author") is None and not all(one.find(f"{ATOM}author") is not None for one in entries):
        found.append("nobody wrote it")
    found += [] if _links(feed, "self") else ["no link to itself"]
    return found


def _of(element: Any) -> list[str]:
    kind = etree.QName(element).localname
    names = [etree.QName(child).localname for child in element]
    found = [f"{kind} has {names.count(name)} {name}" for name in ONCE[kind] if names.count(name) != 1]
    found += [f"{kind} has {names.count(name)} {name}" for name in AT_MOST_ONCE[kind] if names.count(name) > 1]
    for child in element:
        name = etree.QName(child).localname
        if name in {"updated", "published"} and not DATE.fullmatch(child.text or ""):
            found.append(f"{name} is no date: {child.text}")
        if name in {"title", "summary", "subtitle"} and child.get("type", "text") not in TEXT_TYPES:
            found.append(f"{name} has type {child.get('type')}")
        if name == "author" and not child.findtext(f"{ATOM}name"):
            found.append("an author without name")
    if kind == "entry" and not _links(element, "alternate") and "content" not in names:
        found.append("an entry without a way to it")
    return found


def _links(element: Any, relation: str) -> list[str]:
    return [one.get("href") for one in element.findall(f"{ATOM}link") if one.get("rel", "alternate") == relation]


@pytest.fixture
def pages(waterhoven: MunicipalityPage, committed: Committed) -> list[Page]:
    with committed():
        return [
            InitiativeFactory(parent=waterhoven, title="Inloop <b>& meer", summary="Van 5 < 6 & 7 > 6 weken."),
            InitiativeFactory(parent=waterhoven, title="Inloop in het dorpshuis"),
        ]


@pytest.mark.parametrize(
    "query",
    [
        "", "q=inloop", "q=eenhoorn", "q=%3Cb%3E%26%22&theme=wmo&size=xl", "municipality=GM9901&inhabitants_min=5",
        "q=inloop&theme=bestaat-niet&page=7&page_size=abc",
    ],
)  # fmt: skip
def test_every_feed_is_valid(query: str, client: Client, pages: list[Page]) -> None:
    response = client.get(f"/zoeken/feed/?{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert breaches(response.content) == []


def test_the_check_sees_what_is_wrong(client: Client, pages: list[Page]) -> None:
    content = client.get("/zoeken/feed/?q=inloop").content.decode()
    for wrong in (
        r"<updated>[^<]*</updated>",
        r"<author>.*?</author>",
        r'<link [^>]*rel="self"[^>]*>',
        r"<id>[^<]*</id>",
    ):
        assert breaches(re.sub(wrong, "", content).encode()), wrong


def test_what_was_typed_is_what_is_read(client: Client, pages: list[Page]) -> None:
    feed = etree.fromstring(client.get("/zoeken/feed/?q=inloop").content)
    entry = next(one for one in feed.iter(f"{ATOM}entry") if "meer" in (one.findtext(f"{ATOM}title") or ""))
    assert entry.findtext(f"{ATOM}title") == "Inloop <b>& meer (Waterhoven)"
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert strip_tags(summary.text) == summary.text == "Van 5 &lt; 6 &amp; 7 &gt; 6 weken."
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Waterhoven"


def test_a_feed_names_itself_and_its_page(client: Client, pages: list[Page]) -> None:
    feed = etree.fromstring(client.get("/zoeken/feed/?theme=wmo&q=inloop").content)
    assert _links(feed, "self") == ["http://testserver/zoeken/feed/?q=inloop&theme=wmo"]
    assert _links(feed, "alternate") == ["http://testserver/zoeken/?q=inloop&theme=wmo&sort=newest"]


def test_two_questions_are_two_feeds(client: Client, pages: list[Page]) -> None:
    queries = ["", "q=inloop", "theme=wmo", "theme=inburgering", "municipality=GM9901", "inhabitants_min=9"]
    feeds = [etree.fromstring(client.get(f"/zoeken/feed/?{query}").content) for query in queries]
    for name in ("title", "id"):
        assert len({one.findtext(f"{ATOM}{name}") for one in feeds}) == len(queries)


def test_an_entry_stays_the_same_when_its_page_moves_and_is_changed_when_it_was(
    client: Client, pages: list[Page], committed: Committed
) -> None:
    page = pages[1]
    before = _entry(client, "dorpshuis")
    with committed():
        page.slug, page.summary = "elders", "Anders."
        page.save_revision().publish()
    after = _entry(client, "dorpshuis")
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.find(f"{ATOM}link").get("href") != after.find(f"{ATOM}link").get("href")
    dates = [datetime.datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "") for one in (before, after)]
    assert dates[0] <= dates[1] == page.specific_class.objects.get(pk=page.pk).last_published_at


def _entry(client: Client, word: str) -> Any:
    feed = etree.fromstring(client.get("/zoeken/feed/?q=inloop").content)
    return next(one for one in feed.iter(f"{ATOM}entry") if word in (one.findtext(f"{ATOM}title") or ""))


@pytest.mark.parametrize("query", ["q=inloop", "q=eenhoorn"])
def test_a_feed_in_which_nothing_changed_is_not_sent_again(query: str, client: Client, pages: list[Page]) -> None:
    first = client.get(f"/zoeken/feed/?{query}")
    assert first["Cache-Control"] == "public, max-age=300"
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(f"/zoeken/feed/?{query}", headers=asked)
        assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/zoeken/feed/?{query}", headers={"If-None-Match": '"iets-anders"'})
    assert other.status_code == 200


def test_a_feed_is_only_read(client: Client) -> None:
    assert client.post("/zoeken/feed/").status_code == 405
    assert client.head("/zoeken/feed/").status_code == 200
