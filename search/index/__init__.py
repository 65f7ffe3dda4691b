"""The Elasticsearch index: filled from the entries, in generations (docs/search.md, decision 0010).

`connection` reaches the server, `mapping` says what a document is, `generations` keeps indices and the alias, `push`
sends what changed, `rebuild` makes a new generation, `check` compares.
"""
