"""What a run of schemathesis needs besides its settings."""

import os
import uuid

import schemathesis
from schemathesis.core.parameters import ParameterLocation

OWN_KEY = os.environ["FUZZ_KEY_ID"]
OWN_NUMBER = os.environ["FUZZ_NUMBER"]
CALLS = []
ENDS_A_KEY = {"revokeKey", "rotateKey"}


@schemathesis.hook
def filter_case(context, case):
    """Leaves the key alone that the run is made with, and drops cases that are called right with a header that is wrong."""
    definition = case.operation.definition.raw
    if definition.get("operationId") in ENDS_A_KEY and (case.path_parameters or {}).get("id") == OWN_KEY:
        return False
    meta = case.meta
    return not (meta and meta.generation.mode.is_positive and meta.is_negative_at(ParameterLocation.HEADER))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Every request is a new one, but where the key itself is what is tried out; and every second call is from a number
    that the workspace has, since made-up ones never get past that question."""
    meta = case.meta
    operation = case.operation.definition.raw.get("operationId", "")
    if operation.startswith("placeCall") and meta and meta.generation.mode.is_positive and isinstance(case.body, dict):
        CALLS.append(None)
        if len(CALLS) % 2 and "from" in case.body:
            case.body["from"] = OWN_NUMBER
            case.body.pop("caller_id", None)
    if "Idempotency-Key" in (case.headers or {}) and not (meta and meta.is_negative_at(ParameterLocation.HEADER)):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
