#!/usr/bin/env python3
"""Kills `tryk archive create` at 100 seeded moments: no half bag under a final name, and nothing left after the next run: `kills.py TRYK PROJECT`."""

import pathlib
import random
import shutil
import subprocess
import sys
import time

tryk, project = sys.argv[1], pathlib.Path(sys.argv[2])
archive = project / "killed"
create = [tryk, "archive", "create", "2018", "-p", "folehaven", "--date", "2022-01-31", "--archive", str(archive), "--accept", "signatures=on paper", "--quiet"]
bag = archive / "folehaven" / "folehaven-2018"
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": project}


def passes():
    return subprocess.run([tryk, "archive", "verify", str(bag)], **quiet).returncode == 0


begun = time.monotonic()
subprocess.run(create, check=True, **quiet)
whole = time.monotonic() - begun
assert passes()
moments, finished, unfinished = random.Random(2018), 0, 0
for _ in range(100):
    shutil.rmtree(archive, ignore_errors=True)
    run = subprocess.Popen(create, **quiet)
    # Most of the writing is done near the end.
    time.sleep(whole * moments.triangular(0, 1.1, 0.9))
    run.kill()
    run.wait()
    if bag.exists():
        assert passes(), "a half bag"
        finished += 1
    else:
        halves = [one for one in archive.glob("folehaven/.tryk-*") if one.is_dir()]
        for half in halves:
            sound = subprocess.run([tryk, "archive", "verify", str(half)], **quiet).returncode == 0
            names = {one.name for one in half.iterdir()} if sound else set()
            assert not sound or {"tagmanifest-sha512.txt", "index.pdf"} <= names, "a half bag that verifies"
        unfinished += 1
subprocess.run(create, **quiet)
assert passes() and not list(archive.glob("folehaven/.tryk-*"))
print(f"kills: {finished} runs had finished, {unfinished} had not; no half bag, nothing left behind")
