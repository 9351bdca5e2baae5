#!/usr/bin/env python3
"""Writes two bags: `many` with 100.000 small files, `large` with a sparse file of 4 GB: `large_bags.py FOLDER`."""

import hashlib
import pathlib
import sys

MANY = 100_000
LARGE = 4 << 30


def digests(pieces):
    sums = {name: hashlib.new(name) for name in ["sha256", "sha512"]}
    for piece in pieces:
        for one in sums.values():
            one.update(piece)
    return {name: one.hexdigest() for name, one in sums.items()}


def close(bag, payload):
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (bag / "bag-info.txt").write_text(f"Payload-Oxum: {sum(size for size, _ in payload.values())}.{len(payload)}\n")
    for name in ["sha256", "sha512"]:
        lines = (f"{sums[name]}  {path}\n" for path, (_, sums) in sorted(payload.items()))
        (bag / f"manifest-{name}.txt").write_text("".join(lines))
    tags = {path.name: digests([path.read_bytes()]) for path in bag.glob("*.txt")}
    for name in ["sha256", "sha512"]:
        (bag / f"tagmanifest-{name}.txt").write_text("".join(f"{tags[path][name]}  {path}\n" for path in sorted(tags)))


root = pathlib.Path(sys.argv[1])
bag, payload = root / "many", {}
for number in range(MANY):
    path = bag / "data" / f"{number // 1000:03}" / f"{number:06}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    bytes_ = f"{number}\n".encode()
    path.write_bytes(bytes_)
    payload[path.relative_to(bag).as_posix()] = (len(bytes_), digests([bytes_]))
close(bag, payload)

bag = root / "large"
(bag / "data").mkdir(parents=True)
with open(bag / "data" / "film.bin", "wb") as file:
    file.truncate(LARGE)
zeros = bytes(1 << 20)
close(bag, {"data/film.bin": (LARGE, digests(zeros for _ in range(LARGE >> 20)))})
