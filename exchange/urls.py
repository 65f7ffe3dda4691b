"""Every address of the site. The fixed ones first; the page tree answers the rest."""

from allauth.account import views as account_views
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from exchange.api.api import api
from exchange.api.docs import docs
from exchange.api.problems import unknown
from exchange.auditing import views as audit_views
from exchange.comparing.views import compare
from exchange.confirming.views import still_true
from exchange.contributions.files import serve_image_file
from exchange.contributions.links import page_by_number
from exchange.dashboard.views import our_contribution, writing
from exchange.gate.views import choose_page
from exchange.people import views as people_views
from exchange.people.admin_account import OwnAccountView
from exchange.people.admin_door import for_who_may_enter
from exchange.proposing.views import propose
from home import views as home_views
from home.sitemaps import SITEMAPS
from search import views as search_views
from search.feeds import SearchFeed

urlpatterns = [
    path("zoeken/", search_views.search_page, name="search"),
    path("zoeken/lijkt-op/", search_views.look_alikes, name="look_alikes"),
    path("zoeken/gekozen/", search_views.chosen_to_compare, name="chosen_to_compare"),
    path("zoeken/gemeenten/", search_views.municipality_names, name="municipality_names"),
    path("zoeken/feed/", require_safe(SearchFeed()), name="search_feed"),
    path("voorstel/", propose, name="propose"),
    path("vergelijk/", compare, name="compare"),
    path("themas/", search_views.theme_list, name="themes"),
    path("themas/<slug:slug>/", search_views.theme_page, name="theme"),
    path("api/v1/docs", docs, name="api_docs"),
    path("api/v1/", api.urls),
    # No page of the tree, and no redirect to one: a program that mistyped an address hears so.
    re_path(r"^api(?:/|$)", unknown),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"),
    path("robots.txt", home_views.robots, name="robots"),
    path(".well-known/security.txt", home_views.security, name="security"),
    path("taal/", people_views.choose_language, name="set_language"),
    path("", include("exchange.people.urls")),
    path("schrijven/", writing, name="writing"),
    path("onze-bijdrage/<str:code>/<int:year>/", our_contribution, name="thanks"),
    path("", include("exchange.publishing.urls")),
    path("", include("exchange.adoptions.urls")),
    path("", include("exchange.evidence.urls")),
    path("", include("exchange.following.urls")),
    path("logboek/", audit_views.platform_log, name="platform_log"),
    path("pagina/<int:pk>/", page_by_number, name="page_by_number"),
    path("logboek/<str:code>/", audit_views.log, name="audit_log"),
    path("logboek/<str:code>/bestand/", audit_views.log_file, name="audit_log_file"),
    path("klopt-dit/<str:token>/", still_true, name="still_true"),
    # The library's own addresses, and Dutch ones for the two that people meet; the last one is the one that is written.
    path("account/", include("allauth.urls")),
    path("inloggen/", account_views.login, name="account_login"),
    path("uitloggen/", account_views.logout, name="account_logout"),
    # Wagtail's own way in knows no second factor.
    path(
        "beheer/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="sign_in_for_admin",
    ),
    path("beheer/choose-page/", require_admin_access(choose_page), name="wagtailadmin_choose_page"),
    path(
        "beheer/account/",
        csp_update(settings.ADMIN_CONTENT_SECURITY_POLICY)(
            for_who_may_enter(require_admin_access(OwnAccountView.as_view()))
        ),
        name="wagtailadmin_account",
    ),
    path(
        "beheer/",
        include(
            decorate_urlpatterns(
                decorate_urlpatterns(wagtailadmin_urls.urlpatterns, csp_update(settings.ADMIN_CONTENT_SECURITY_POLICY)),
                for_who_may_enter,
            )
        ),
    ),
    path("documenten/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve_image_file, name="image_file"),
    path("", include(wagtail_urls)),
]
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
