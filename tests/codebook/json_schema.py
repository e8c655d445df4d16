"""A small JSON Schema validator: the part of draft 2020-12 that the codebook's schema uses, and no more.

An unknown keyword is an error of the test, so that nothing in the schema goes unchecked.
"""

import re

_NOTES = {"$schema", "$defs", "title", "description", "examples"}
_TYPES = {
    "string": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
}


def valid(value, schema, root=None):
    """Whether a value is valid under a schema."""
    root = schema if root is None else root
    return all(_holds(key, value, schema, root) for key in schema if key not in _NOTES)


def _same(a, b):
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def _holds(key, value, schema, root):
    wanted = schema[key]
    if key == "$ref":
        return valid(value, root["$defs"][wanted.removeprefix("#/$defs/")], root)
    if key == "type":
        return any(_TYPES[name](value) for name in ([wanted] if isinstance(wanted, str) else wanted))
    if key == "const":
        return _same(value, wanted)
    if key == "enum":
        return any(_same(value, one) for one in wanted)
    if key == "anyOf":
        return any(valid(value, one, root) for one in wanted)
    if key == "oneOf":
        return sum(valid(value, one, root) for one in wanted) == 1
    if key == "pattern":
        return not isinstance(value, str) or re.search(wanted, value) is not None
    if key == "minLength":
        return not isinstance(value, str) or len(value) >= wanted
    if key == "minimum":
        return not _TYPES["number"](value) or value >= wanted
    if key == "exclusiveMinimum":
        return not _TYPES["number"](value) or value > wanted
    if key == "items":
        return not isinstance(value, list) or all(valid(item, wanted, root) for item in value)
    if key == "minItems":
        return not isinstance(value, list) or len(value) >= wanted
    if key == "maxItems":
        return not isinstance(value, list) or len(value) <= wanted
    if key == "required":
        return not isinstance(value, dict) or all(name in value for name in wanted)
    if key == "properties":
        return not isinstance(value, dict) or all(
            valid(value[name], one, root) for name, one in wanted.items() if name in value
        )
    if key == "propertyNames":
        return not isinstance(value, dict) or all(valid(name, wanted, root) for name in value)
    if key == "additionalProperties":
        if not isinstance(value, dict):
            return True
        others = [item for name, item in value.items() if name not in schema.get("properties", {})]
        return not others if wanted is False else all(valid(item, wanted, root) for item in others)
    raise AssertionError(f"the schema uses {key!r}, which this validator does not know")
