"""Loads facts into SQLite and answers each table with a group-by from scratch.

usage: sqlite.py FACTS.csv TABLES.json
Writes one JSON array of steps: name, wall (seconds, the median of three), rows, lines.
"""

import csv
import json
import sqlite3
import statistics
import sys
import time


def timed(times, do):
    """The result of do, and the median of how long it took."""
    walls = []
    for _ in range(times):
        begun = time.perf_counter()
        result = do()
        walls.append(time.perf_counter() - begun)
    return result, statistics.median(walls)


def main(facts, tables):
    db = sqlite3.connect(":memory:")
    db.execute("create table facts (agency text, place text, indicator text, value integer)")

    def load():
        with open(facts, newline="") as f:
            db.executemany("insert into facts values (?, ?, ?, ?)", csv.reader(f))
        db.commit()

    _, wall = timed(1, load)
    steps = [{"name": "load", "wall": wall}]
    with open(tables) as f:
        asked = json.load(f)
    for table in asked:
        rows, wall = timed(3, lambda sql=table["sql"]: db.execute(sql).fetchall())
        steps.append({"name": table["name"], "wall": wall, "lines": sorted("|".join(map(str, row)) for row in rows)})
    json.dump(steps, sys.stdout)


main(*sys.argv[1:])
