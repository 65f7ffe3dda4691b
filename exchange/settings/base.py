"""What every installation shares: apps, database, languages, files, Wagtail."""

from pathlib import Path
from typing import Any

import environ

from . import environment
from .api import *
from .cache import *
from .mail import *
from .search import *
from .security import *
from .signin import *

CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += OIDC_ORIGINS

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(
    environment.text(
        "DATA_DIR",
        help="Folder for what the exchange writes: SQLite database, uploads, collected static files.",
        default=str(BASE_DIR / "var"),
    )
)

INSTALLED_APPS = [
    "home",
    "search",
    "exchange.accounts",
    "exchange.limits",
    "exchange.municipalities",
    "exchange.themes",
    "exchange.organisations",
    "exchange.contributions",
    "exchange.contacts",
    "exchange.initiatives",
    "exchange.lessons",
    "exchange.sections",
    "exchange.people",
    "exchange.auditing",
    "exchange.confirming",
    "exchange.adoptions",
    "exchange.evidence",
    "exchange.importing",
    "exchange.following",
    "exchange.api",
    "exchange.dashboard",
    "exchange.gate",
    "exchange.comparing",
    "exchange.proposing",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "ninja",
    "corsheaders",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "post_office",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    # After Wagtail's admin, whose mails about workflow it replaces.
    "exchange.publishing",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "exchange.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    # Before anything that reads a request: what it reads is clean.
    "home.clean_requests.CleanRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "exchange.accounts.middleware.PersonalMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "exchange.auditing.middleware.AuditMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "exchange.people.second_factor.SecondFactorMiddleware",
    "exchange.people.fresh_sign_in.FreshSignInMiddleware",
    "exchange.limits.middleware.LimitsMiddleware",
    "exchange.gate.middleware.GateMiddleware",
    "exchange.contributions.redirects.ReadableRedirectMiddleware",
    "home.middleware.BadFormMiddleware",
    "home.meeting.MeetingMiddleware",
]

ROOT_URLCONF = "exchange.urls"
# Forms look for their templates where pages do, so that ours come first.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "exchange.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "exchange.accounts.viewer.viewer_in_templates",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """Read a database URL; SQLite gets what it needs for several writers at once."""
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        # Immediate transactions wait for the write lock at BEGIN; deferred ones fail half-way: "database is locked".
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


# No ATOMIC_REQUESTS: with immediate transactions every GET would take SQLite's write lock.
DATABASES = {
    "default": _database(
        environment.text(
            "DATABASE_URL",
            help="Database address, such as postgres://user:password@host/name or sqlite:////path/to/file.",
            default=f"sqlite:///{DATA_DIR / 'exchange.sqlite3'}",
        )
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# An address typed without a scheme means https; from Django 6 on that is how it is.
FORMS_URLFIELD_ASSUME_HTTPS = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "home" / "assets"]
# What browsers ask for at the root, whatever a page says: the icons.
WHITENOISE_ROOT = BASE_DIR / "home" / "root"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "exchange.contributions.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAIL_SITE_NAME = "Samenwijzer"
WAGTAILADMIN_BASE_URL = environment.text(
    "BASE_URL", help="Public address of the site, used in mails and the API.", default="http://localhost:8000"
)
# Who must leave quickly, leaves to a page that says nothing about them.
QUICK_EXIT_URL = environment.text(
    "QUICK_EXIT_URL",
    help="Where 'leave this site quickly' goes on pages about violence.",
    default="https://www.knmi.nl/",
)
WAGTAIL_I18N_ENABLED = False
# An address is read aloud and typed over: coordinator, not co%C3%B6rdinator.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A pasted address stays an address: looking up its page would tell the title of a hidden one.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
# Whoever may edit the page may see its comments; nothing leaves the installation.
WAGTAILADMIN_COMMENTS_ENABLED = True
# Reading along: an edit after an approval is read anew, and placing is ours, for editors hold no right to publish.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "exchange.publishing.finish.publish"
PLATFORM_READS_PUBLIC = environment.flag(
    "PLATFORM_READS_PUBLIC", help="A platform editor reads along too before something is placed for everybody."
)
PROPOSAL_DOCX = environment.text(
    "PROPOSAL_DOCX", help="Path of a DOCX whose styles, head and foot a council proposal gets; empty: plain ones."
)
PROPOSAL_ODT = environment.text("PROPOSAL_ODT", help="The same for ODT.")
AUDIT_DAYS = environment.number("AUDIT_DAYS", help="So many days it stays in the log who did what.", default=730)
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "exchange.contributions.uploads.DocumentForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Of each of these we know how to take out what a camera notes. All frames together have no more pixels than that: a
# photo of 24 million fits, and making a size of it for the site takes a few hundred MB.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "exchange.contributions.images.ImageForm"
# Every document goes through the view that asks who may read it.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
TAGGIT_CASE_INSENSITIVE = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
CLAMD_ADDRESS = environment.text(
    "CLAMD_ADDRESS",
    help="ClamAV's clamd, which looks at what is uploaded: tcp://clamav:3310 or unix:///run/clamav/clamd.ctl; not by "
    "default. Its StreamMaxLength must be 32M or more.",
)
FILE_UPLOAD_HANDLERS = [
    "exchange.contributions.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # These tell of every page that is saved and every question that is asked.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("wagtail", "django_tasks", "elastic_transport", "weasyprint", "fontTools")
    },
}
