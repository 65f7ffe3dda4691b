"""Who may do what: the table, the probes that ask the running site, and the page in docs/ made from the same table."""
