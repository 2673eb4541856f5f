"""Measurements: a generated archive of any size, and what each page costs on it.

A Django app only when BENCH=1 is in the environment. docs/reference/performance.md says how to run
it and shows what it found.
"""
