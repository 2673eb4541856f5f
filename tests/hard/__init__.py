"""A second demo, of hard cases: whatever a layout was not made for stands in it once.

A Django app only when HARD_DEMO=1 is in the environment; `make hard-demo` runs it beside the demo,
with a database and pictures of its own under `var/hard`.
"""
