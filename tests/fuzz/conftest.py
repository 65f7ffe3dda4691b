"""How much is tried: a little in every run of the tests, thousands with `make fuzz`."""

import os

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "400"))
# The title of what nobody but its own municipality may see.
SECRET = "Zwijgzaam-4711"
