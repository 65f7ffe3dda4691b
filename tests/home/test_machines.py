"""What machines ask for: sitemap, robots, security.txt and feeds. Nothing that is for members shows in them."""

from __future__ import annotations

from django.test import Client
from lxml import etree
from pytest_django import Settings

from exchange.sections.models import MunicipalityPage
from tests.conftest import Committed
from tests.factories import ContactFactory, InitiativeFactory

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_has_what_a_visitor_may_read(
    client: Client, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        public = InitiativeFactory(parent=waterhoven, title="Voor iedereen")
        hidden = [
            InitiativeFactory(parent=waterhoven, title="Voor leden", visibility="members"),
            InitiativeFactory(parent=waterhoven, title="Concept", published=False),
            ContactFactory(parent=waterhoven, title="Regisseur"),
        ]
    text = client.get("/sitemap.xml").content.decode()
    for path in (public.url, waterhoven.url, "/gemeenten/utrecht/", "/themas/wmo/", "/over/"):
        assert f"<loc>http://testserver{path}</loc>" in text
    for page in hidden:
        assert page.slug not in text


def test_a_feed_follows_a_question_for_visitors(
    client: Client, waterhoven: MunicipalityPage, committed: Committed
) -> None:
    with committed():
        InitiativeFactory(parent=waterhoven, title="Inloop & meer", summary="Koffie.")
        InitiativeFactory(parent=waterhoven, title="Inloop voor leden", visibility="members")
        InitiativeFactory(parent=waterhoven, title="Iets anders")
    response = client.get("/zoeken/feed/?q=inloop&theme=bestaat-niet")
    assert response["Content-Type"].startswith("application/atom+xml")
    text = response.content.decode()
    assert "Inloop &amp; meer (Waterhoven)" in text
    assert "voor leden" not in text
    assert "Iets anders" not in text
    assert 'type="application/atom+xml"' in client.get("/zoeken/?q=inloop").content.decode()


def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_security_txt_is_there_once_somebody_is_named(client: Client, settings: Settings, db: None) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@waterhoven.example"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@waterhoven.example\n" in text
    assert "Expires: " in text


def test_the_sitemap_is_one_by_the_protocol(client: Client, waterhoven: MunicipalityPage, committed: Committed) -> None:
    with committed():
        page = InitiativeFactory(parent=waterhoven, title="Voor iedereen")
    root = etree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}urlset"
    places = [one.findtext(f"{SITEMAP}loc") for one in root]
    assert len(set(places)) == len(places)
    assert all(place and place.startswith("http://testserver/") for place in places)
    for one in root:
        assert [etree.QName(child).localname for child in one] in (["loc"], ["loc", "lastmod"])
    placed = next(one for one in root if (one.findtext(f"{SITEMAP}loc") or "").endswith(page.url))
    assert placed.findtext(f"{SITEMAP}lastmod") == f"{page.last_published_at:%Y-%m-%d}"


def test_browsers_find_the_icons_where_they_look(client: Client, db: None) -> None:
    for path, kind, begin in (
        ("/favicon.ico", "image/", b"\x00\x00\x01\x00"), ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
    ):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
        assert response.getvalue().startswith(begin)
