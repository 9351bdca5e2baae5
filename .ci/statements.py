#!/usr/bin/env python3
"""Reads every statement of provenance of some bags with in-toto's own types, and holds the digests against the files: `statements.py BAG...`."""

import hashlib
import pathlib
import sys
import urllib.parse

from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import STATEMENT_TYPE_URI

count = 0
for bag in map(pathlib.Path, sys.argv[1:]):
    statements = sorted(bag.glob("provenance/*.intoto.json"))
    documents = sorted(bag.glob("data/documents/*.pdf"))
    assert len(statements) == len(documents) > 0, bag
    for path in statements:
        # Fields that the published types do not know are errors.
        statement = json_format.Parse(path.read_text(), statement_pb2.Statement())
        assert statement.type == STATEMENT_TYPE_URI, path
        assert statement.predicate_type == "https://slsa.dev/provenance/v1", path
        predicate = json_format.MessageToJson(statement.predicate)
        provenance = json_format.Parse(predicate, provenance_pb2.Provenance())
        sources = provenance.build_definition.resolved_dependencies
        assert provenance.build_definition.build_type and provenance.run_details.builder.id, path
        assert len(statement.subject) == 3 and len(sources) > 5, path
        for one in [*statement.subject, *sources]:
            place = bag / urllib.parse.unquote(one.uri or one.name)
            for algorithm in ["sha256", "sha512"]:
                assert hashlib.new(algorithm, place.read_bytes()).hexdigest() == one.digest[algorithm], place
            count += 1
print(f"statements: {count} files are what {len(sys.argv) - 1} bags say of them")
