"""Checks documents against a schema, by a validator that was not written here: check-documents.py SCHEMA DOCUMENTS

DOCUMENTS is a JSON array. Prints a JSON array of the same length: whether each is valid.
"""

import json
import sys

import jsonschema_rs


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema_rs.meta.validate(schema)
    validator = jsonschema_rs.Draft202012Validator(schema)
    with open(sys.argv[2], encoding="utf-8") as file:
        documents = json.load(file)
    print(json.dumps([validator.is_valid(document) for document in documents]))


main()
