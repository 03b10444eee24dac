"""Checks which payloads fit the schemas of docs/schemas, with a validator of other authors: jsonschema.

usage: contract_schemas.py SCHEMAS FILE

A line of FILE is a schema's name, a tab and a payload. Prints a line for each: empty when the payload fits, else what
is wrong with it.
"""

import json
import pathlib
import sys

import jsonschema

validators = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.schema.json")):
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validators[path.name.removesuffix(".schema.json")] = jsonschema.Draft202012Validator(schema)

for line in pathlib.Path(sys.argv[2]).read_text().split("\n"):
    name, _, payload = line.partition("\t")
    errors = validators[name].iter_errors(json.loads(payload))
    print("; ".join(f"{error.json_path}: {error.message}" for error in errors).replace("\n", " "))
