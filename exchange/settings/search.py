"""Search: Wagtail's own index is for the admin only; what visitors search is the app `search`."""

from . import environment

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

ELASTICSEARCH_URL = environment.text(
    "ELASTICSEARCH_URL",
    help="Elasticsearch 8.19 or 9, such as http://localhost:9200; without it the database itself answers searches.",
)
ELASTICSEARCH_API_KEY = environment.text("ELASTICSEARCH_API_KEY", help="Key for Elasticsearch, where it asks one.")
ELASTICSEARCH_INDEX = environment.text(
    "ELASTICSEARCH_INDEX",
    help="What the names of this exchange's indices begin with; no two exchanges on one server may share it.",
    default="samenwijzer",
)
WORDNET_FILE = environment.text(
    "WORDNET_FILE",
    help="Path of Open Dutch WordNet (wn-data-nld.tab), for proposals of words to platform editors; empty: without.",
)
