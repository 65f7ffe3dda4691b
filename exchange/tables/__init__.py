"""Tables that come in and go out: CSV, Excel, OpenDocument and JSON lines, as a person sees them in their own program.

What comes in is read in a process of its own (`reading`), with limits on size, time and memory; what goes out goes
through one writer (`writing`), without formulas. All but `reading`, `writing` and `wagtail_exports` needs no Django.
"""
