"""Meaning: what a text is about as a vector. The second witness of search, beside words, and never the first.

`encoder` says what an encoder is; `in_process` and `by_address` are the two there are, `choosing` says which one.
`making` writes the vectors of entries, `matrix` holds them in a process, `nearest` asks it, and `adding` decides what
that adds to what words found, once for both engines (decision 0031). Without an encoder there is no more than words.
"""
