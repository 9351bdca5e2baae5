"""Asks pyHanko and pdfsig about the attacked files in a folder, and prints docs/tamper.md."""
import io
import logging
import subprocess
import sys
from collections import Counter
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
folder = Path(sys.argv[1])
root = load_cert_from_pemder(str(folder / "root.pem"))


def pyhanko(path):
    try:
        reader = PdfFileReader(io.BytesIO(path.read_bytes()), strict=True)
        signatures = reader.embedded_regular_signatures
        if not signatures:
            return "no signature"
        good = True
        for one in signatures:
            context = ValidationContext(trust_roots=[root], allow_fetching=False, revocation_mode="soft-fail")
            good = validate_pdf_signature(one, context, ts_validation_context=context).bottom_line and good
        return "**valid**" if good else "refused"
    except Exception:
        return "error"


def pdfsig(path):
    try:
        ran = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "hangs"
    said = ran.stdout.decode("utf-8", "replace")
    verdicts = [line.split(":", 1)[1].strip() for line in said.splitlines() if "Signature Validation:" in line]
    if not verdicts:
        return "no signature" if ran.returncode in (0, 2) else "error"
    if any(verdict != "Signature is Valid." for verdict in verdicts):
        return "refused"
    return "**valid**" if "Total document signed" in said else "**valid**, not total"


rows = [line.split("\t") for line in (folder / "attacks.tsv").read_text().splitlines()]
answers = [(row, pyhanko(folder / f"{row[1]}.pdf"), pdfsig(folder / f"{row[1]}.pdf")) for row in rows]
attacks = [answer for answer in answers if answer[0][0] != "none"]
missed = Counter(ours == "complete" for (_, _, _, ours), _, _ in attacks)[True]
print("# The tamper suite under three verifiers\n")
print("Written by `.ci/tamper`, which makes the files with `cargo test --test tamper`, asks pyHanko 0.38.0 and poppler's `pdfsig`, and fails when this page is not what they say.")
print("The document has two signature fields; both parties sign. Each row is one attack on it. **valid** means that the program has nothing to say against any signature it finds.\n")
print(f"Of {len(attacks)} attacks, tryk calls {missed} complete, pyHanko {sum('valid' in a for _, a, _ in attacks)} valid, pdfsig {sum('valid' in b for _, _, b in attacks)} valid.")
print("That is no contest: a general verifier cannot know who must sign, or what the document was. tryk is told both. pdfsig was asked without certificate checks (`-nocert`).\n")
print("| family | attack | what is done | tryk | pyHanko | pdfsig |\n|---|---|---|---|---|---|")
for (family, name, what, ours), theirs, poppler in answers:
    print(f"| {family} | `{name}` | {what} | {ours} | {theirs} | {poppler} |")
print("\nBesides, every single byte of the signed file, and of a message with a time stamp, is flipped in turn (`tests/tamper/flips.rs`): none of the results is complete.")
