"""Checks answers against a contract: check-answers.py OPENAPI_JSON

A line in is {"method", "path", "status", "type", "body"}; a line out is "" or what is wrong. Objects of answers are closed: a
field that the contract does not name is wrong, though clients must tolerate it.
"""

import json
import re
import sys

import jsonschema_rs

METHODS = {"get", "put", "post", "patch", "delete"}


def close(schema, is_part=False):
    """The same schema, taking no other properties than it names. `is_part` is one of several that describe an object."""
    if isinstance(schema, list):
        return [close(item, is_part) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if is_part and "$ref" not in schema:
        return schema
    closed = {}
    has_fields = "properties" in schema or "allOf" in schema
    for name, value in schema.items():
        if name == "properties":
            closed[name] = {field: close(value) for field, value in value.items()}
        elif name in ("items", "additionalProperties"):
            closed[name] = close(value)
        elif name == "allOf":
            closed[name] = [close(part, is_part=True) for part in value]
        elif name in ("anyOf", "oneOf"):
            closed[name] = [close(part, is_part=has_fields or is_part) for part in value]
        elif name == "$ref" and is_part:
            closed[name] = value.replace("/schemas/", "/open/")
        else:
            closed[name] = value
    if has_fields and not is_part and not {"additionalProperties", "unevaluatedProperties"} & schema.keys():
        closed["unevaluatedProperties"] = False
    return closed


def opened(schema):
    schema = dict(close(schema))
    schema.pop("unevaluatedProperties", None)
    return schema


class Contract:
    def __init__(self, document):
        self.document = document
        schemas = document["components"]["schemas"]
        self.definitions = {
            "schemas": {name: close(schema) for name, schema in schemas.items()},
            "open": {name: opened(schema) for name, schema in schemas.items()},
        }
        self.routes = sorted(document["paths"].items(), key=lambda route: [part[:1] == "{" for part in route[0].split("/")])
        self.validators = {}

    def operation(self, method, path):
        for template, item in self.routes:
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
            if re.fullmatch(pattern, path) and method in item.keys() & METHODS:
                return template, item[method]
        return None, None

    def validator(self, key, schema):
        if key not in self.validators:
            schema = {**close(schema), "components": self.definitions}
            self.validators[key] = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        return self.validators[key]

    def fault(self, answer):
        method, path, status = answer["method"].lower(), answer["path"].rstrip("/") or "/", str(answer["status"])
        template, operation = self.operation(method, path)
        if operation is None:
            return "" if status in ("404", "405", "401", "429") else f"{method} {path} is not in the contract"
        response = operation["responses"].get(status)
        if response is None:
            return f"{method} {template} does not answer {status} by the contract: {answer['body']}"
        if "$ref" in response:
            response = self.document["components"]["responses"][response["$ref"].split("/")[-1]]
        kind = (answer["type"] or "").split(";")[0]
        contents = response.get("content", {})
        if not contents:
            return "" if not answer["body"] else f"{method} {template} {status} has no body by the contract"
        if kind not in contents:
            return f"{method} {template} {status} is {kind}, by the contract {list(contents)}"
        if kind != "application/json":
            return ""
        validator = self.validator((method, template, status), contents[kind]["schema"])
        errors = [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(json.loads(answer["body"]))]
        return f"{method} {template} {status}: {errors[:5]} in {answer['body'][:600]}" if errors else ""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        contract = Contract(json.load(file))
    for line in sys.stdin:
        try:
            fault = contract.fault(json.loads(line))
        except Exception as error:  # Whatever it is, the test that asked must hear of it.
            fault = f"{type(error).__name__}: {error}"
        print(json.dumps(fault), flush=True)


main()
