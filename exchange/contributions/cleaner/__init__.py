"""Looks into a document that is going to be kept, and takes out who made it; in a process of its own, with limits.

Pure: knows no Django. `attachments` runs it.
"""
