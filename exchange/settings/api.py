"""The public API: who may read it from a browser, and whom to ask about it."""

from . import environment

# Everybody may read what a visitor reads, so a script on any site may too. Without cookies: it never reads as a member.
CORS_URLS_REGEX = r"^/api(/|$)"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["*"]
CORS_EXPOSE_HEADERS = ["API-Version", "Allow", "Content-Language", "Retry-After"]

API_CONTACT = environment.text(
    "API_CONTACT",
    help="E-mail address for questions about the API, in its description; empty: the one in DEFAULT_FROM_EMAIL.",
)
