"""Mail: everything is written in a queue in the database first, so nothing is lost while a mail server is away."""

import datetime

import environ

from . import environment

EMAIL_CONFIG = environ.Env.email_url_config(
    environment.text(
        "EMAIL_URL", help="Mail server, such as smtp+tls://user:password@host:587.", default="consolemail://"
    )
)
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text(
    "DEFAULT_FROM_EMAIL", help="Sender of the exchange's mails.", default="samenwijzer@localhost"
)

EMAIL_BACKEND = "post_office.EmailBackend"
POST_OFFICE = {
    "BACKENDS": {"default": EMAIL_CONFIG["EMAIL_BACKEND"]},
    # The worker sends what waits (`manage.py send_queued_mail`); a server that is away is tried again for two days.
    "DEFAULT_PRIORITY": "medium",
    "MAX_RETRIES": 576,
    "RETRY_INTERVAL": datetime.timedelta(minutes=5),
    # With the same number on each attempt, a mail that went out twice is one mail to the receiver.
    "MESSAGE_ID_ENABLED": True,
    "THREADS_PER_PROCESS": 1,
    "LOG_LEVEL": 1,
}
MAIL_DAYS = environment.number("MAIL_DAYS", help="So many days a mail that was sent is kept.", default=30)
