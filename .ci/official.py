#!/usr/bin/env python3
"""Calls every example of Folehaven official and every edition final, so that a year can be issued: `official.py INPUTS/folehaven`. Only checks may do that."""

import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
SOURCE = '"basis": "official", "source": "aftale"'


def rewrite(name, *changes):
    path = folder / name
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    for old, new in changes:
        text = text.replace(old, new)
    path.write_bytes(text.encode())


rows = (";illustrative;\n", ";official;aftale\n")
for name in ["activities.csv", "approvals.csv", "meetings.csv"]:
    rewrite(name, rows)
rewrite("indicators.csv", (";illustrative;;", ";official;aftale;"), rows)
rewrite("documents.csv", (";draft;", ";final;"))
rewrite("partnership.json", ('"basis": "illustrative"', SOURCE))
rewrite("boundary.geojson", ('"basis": "illustrative", "source": null', SOURCE))
