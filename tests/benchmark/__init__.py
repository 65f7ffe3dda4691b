"""`make bench`: what the project costs on top of what it stands on, as ratios within one run.

Every figure is of interleaved runs on this machine, next to the same work done raw: the request to Elasticsearch as it
goes over the wire, the SQL statements of the embedded engine, a plain `helpers.parallel_bulk`, and Wagtail's own search
over the same texts. Seconds differ from machine to machine and from hour to hour; the ratios are what counts.
"""
