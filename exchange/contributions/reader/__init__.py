"""Reads what comes in as a document, in a process of its own: one walk for DOCX, one for ODT, lines of a PDF.

It gives the text as a reader sees it, in order: insertions in; deletions, comments, hidden text and headers out; notes
and text boxes once. Nothing here knows Django, and nothing here trusts the file.
"""
